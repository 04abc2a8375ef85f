// What every page carries. Each behaviour is an extra: without scripts everything still works.

import { startContents } from "./contents";
import { startDialogs } from "./dialogs";
import { startDrafts } from "./drafts";
import { startLeaving } from "./leaving";
import { startMenus } from "./menus";
import { startOpened } from "./opened";
import { startOutline } from "./outline";
import { startRequests } from "./requests";
import { startRows } from "./rows";
import { startSaving } from "./saving";
import { startShortcuts } from "./shortcuts";
import { startSmall } from "./small";
import { startTerms } from "./terms";
import { startTheme } from "./theme";
import { startUnclear } from "./unclear";

startRequests();
startDialogs();
startMenus();
startOpened();
startTheme();
startShortcuts();
startSmall();
startContents();
startDrafts();
startLeaving();
startRows();
startSaving();
startOutline();
startTerms();
startUnclear();
