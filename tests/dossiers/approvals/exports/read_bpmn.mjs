// Reads BPMN files as the reference reader does, and tells what it found as JSON. Each line of the
// input is the XML of one file as a JSON string; each line of the output is what that file says.
import { createInterface } from "node:readline";
import { BpmnModdle } from "bpmn-moddle";

const moddle = new BpmnModdle();

function flowElement(one) {
  return {
    id: one.id,
    type: one.$type,
    name: one.name,
    documentation: (one.documentation || []).map((part) => part.text).join("\n"),
    source: one.sourceRef?.id,
    target: one.targetRef?.id,
    default: one.default?.id,
    condition: one.conditionExpression?.body,
    incoming: (one.incoming || []).map((flow) => flow.id),
    outgoing: (one.outgoing || []).map((flow) => flow.id),
  };
}

async function told(xml) {
  const { rootElement, references, warnings } = await moddle.fromXML(xml);
  const process = rootElement.rootElements.find((one) => one.$type === "bpmn:Process");
  const pool = rootElement.rootElements.find((one) => one.$type === "bpmn:Collaboration");
  const drawn = rootElement.diagrams[0].plane.planeElement;
  return {
    warnings: warnings.map((warning) => warning.message),
    unresolved: references.filter((one) => !one.id).length,
    executable: process.isExecutable,
    pool: pool.participants.map((one) => [one.name, one.processRef?.id]),
    elements: process.flowElements.map(flowElement),
    lanes: process.laneSets[0].lanes.map((lane) => ({
      name: lane.name,
      nodes: (lane.flowNodeRef || []).map((node) => node.id),
    })),
    drawn: drawn.map((one) => ({
      type: one.$type,
      of: one.bpmnElement?.id,
      bounds: one.bounds && [one.bounds.x, one.bounds.y, one.bounds.width, one.bounds.height],
      way: (one.waypoint || []).map((point) => [point.x, point.y]),
    })),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await told(JSON.parse(line))) + "\n");
}
