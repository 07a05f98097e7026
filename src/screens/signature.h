/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_SIGNATURE_H
#define PITLANE_SCREENS_SIGNATURE_H

/* A field to sign in with the mouse, or a finger where the terminal runs on a touch screen. */

#include "ui/view.h"

/* Opens over the asker. When it is taken, `drawn` gets the strokes as estimate.authorize takes
 * them; the text dies with the call. Nothing is called when it is left. */
void signature_open(struct app *app, void (*drawn)(struct view *asker, const char *strokes));

#endif
