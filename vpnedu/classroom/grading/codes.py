"""What the codes in quarantine and flags mean, and what a teacher can do about them."""

# What each code of the quarantine means, and what to do about it.
CODES = {
    "bad-digest": "It was changed after the form saved it. Ask for the file as it was saved.",
    "bad-schema": "It is no submission of a form. Ask for the file that the form saved.",
    "bad-tag": "The form was not issued to this learner, or was edited. Compare the receipts.",
    "bad-type": "An answer is not of a kind that the form writes; the other answers are marked.",
    "bad-zip": "The zip is damaged. Download it again, or ask for the file by itself.",
    "dup-key": "It says something twice, as no form does. Ask for the file as it was saved.",
    "empty": "There is nothing in it. Ask for the file again.",
    "encrypted-zip": "The zip has a password. Ask for the file without one.",
    "missing-learner": "It does not say whose it is. Ask for the file as it was saved.",
    "nan": "It holds a number that is none, as no form writes. Ask for the file as it was saved.",
    "not-json": "It is damaged or cut short, or of another kind. Ask for the file again.",
    "not-on-roster": "Nobody with this id was issued a form. Look for the id in the roster.",
    "not-utf8": "It is no text, or was saved by another program. Ask for the file as it was saved.",
    "path-escape": "Its place is outside the zip or folder. Look who made it, and don't unpack it.",
    "stale-rev": "It is of another issue of this quiz. Mark it by the key of that issue.",
    "too-big": "It is larger than a form can make it. Look what it is before you open it.",
    "too-deep": "It is nested deeper than a form writes. Somebody made it to do harm, or in jest.",
    "unknown-quiz": "It is of another quiz. Mark it by that one's key.",
    "unknown-slot": "It answers what its form does not ask; the answers to the form are marked.",
    "unreadable": "The file could not be opened. Look at its rights, and at the disk.",
    "zip-bomb": "It would unpack to far too much. If your platform made it, name the zip itself.",
}

# What each flag means. A flag by itself changes no points.
FLAGS = {
    "after-cutoff": "It came when nothing counted any more, and is worth nothing.",
    "changed-file": "It was changed since it was collected. The receipt tells which came first.",
    "duplicate": "It is the same file as another one; one of them is graded.",
    "gone": "It was collected before, and is not there now. Look for it where files are kept.",
    "id-mismatch": "The platform handed it over under another name than the form's.",
    "late": "It came after the end of grace.",
    "late-mark": "The platform marked it late; by its time and the policy it is not.",
    "no-time": "Nothing tells when it came; it counts as in time unless the platform marked it.",
    "not-lowered": "A regrade would have taken points away; they were left.",
    "repaired": "It was not as the form saved it, and could be read nevertheless.",
    "replaced": "It was collected before; now another one of the learner is there in its place.",
    "several": "The learner handed in more than once; the policy says what counts.",
    "shared-form": "The same form came under two names.",
    "unknown-owner": "The platform's name for who sent it is nobody's on the roster, or several's.",
    "too-many": "There are more than the policy lets count; this one came too late to.",
}
