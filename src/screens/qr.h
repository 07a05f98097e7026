/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_QR_H
#define PITLANE_SCREENS_QR_H

/* Square codes in the terminal: two modules a cell, one above the other, dark on light. */

#include "ui/surface.h"

/* Draws an otpauth address (the Key Uri Format of authenticator apps) into the area, its right
 * edge at the area's. What every app assumes anyway is left out where the code would not fit
 * otherwise. Returns the columns used; 0 when it does not fit at all, or the terminal has no
 * characters for it: show the secret as text then. */
int qr_draw_address(struct area area, const char *address);

#endif
