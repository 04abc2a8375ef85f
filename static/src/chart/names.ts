// Names in little room: first without the patronymic, then with initials, at last the surname alone.

const PATRONYMIC = /(вич|вна|ична|инична|оглы|кызы|улы)$/i;
const SURNAME = /(ов|ев|ёв|ин|ын|ский|цкий|ской|ый|ий|ова|ева|ёва|ина|ына|ская|цкая|ая|ко|ук|юк|як|ян|дзе|швили|ых|их)$/i;

interface Parts { surname: string; first: string; middle: string; surnameFirst: boolean }

function partsOf(name: string): Parts | null {
  const words = name.split(/\s+/).filter(Boolean);
  const [a = "", b = "", c = ""] = words;
  if (words.length === 3 && PATRONYMIC.test(c)) return { surname: a, first: b, middle: c, surnameFirst: true };
  if (words.length === 3 && PATRONYMIC.test(b)) return { surname: c, first: a, middle: b, surnameFirst: false };
  if (words.length !== 2) return null;
  const surnameFirst = SURNAME.test(a) && !SURNAME.test(b);
  return surnameFirst ? { surname: a, first: b, middle: "", surnameFirst } : { surname: b, first: a, middle: "", surnameFirst };
}

function initial(word: string): string {
  return word ? `${Array.from(word)[0] ?? ""}.` : "";
}

/** Ways to write the name, from the whole one to the shortest. */
export function shorterNames(name: string): string[] {
  const parts = partsOf(name);
  if (!parts) return [name];
  const { surname, first, middle, surnameFirst } = parts;
  const initials = [initial(first), initial(middle)].filter(Boolean).join(" ");
  const join = (given: string): string => (surnameFirst ? `${surname} ${given}` : `${given} ${surname}`);
  return [name, ...(middle ? [join(first)] : []), join(initials)];
}

/** By what one recognises somebody from afar. */
export function surnameOf(name: string): string {
  return partsOf(name)?.surname ?? name;
}
