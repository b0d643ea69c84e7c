// What the page of <vpn-progress> loads: its element, defined once.

import { defineProgress } from "./progress.js";

defineProgress();
