// What the page of <vpn-exam> loads: its element, defined once.

import { defineExam } from "./exam.js";

defineExam();
