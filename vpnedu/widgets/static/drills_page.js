// What the page of <vpn-drills> loads: its element, defined once.

import { defineDrills } from "./drills.js";

defineDrills();
