/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_FONT_H
#define PITLANE_PRINT_FONT_H

/* What libharu knows of its fonts and does not tell through its main header. A font is one of its
 * UTF-8 encoder; it is a plain handle here, because libharu's own headers disagree about it. */

#include <stdbool.h>
#include <stdint.h>

/* Writes the map from the codes of the font to Unicode anew. Returns libharu's error, 0 for none.
 */
unsigned long font_mend(void *font);
/* Can it show the character? The width that libharu gives for one it cannot is that of an empty
 * box. */
bool font_shows(void *font, uint32_t character);
/* Takes the parts that the character's glyph is put together from into the document. To be called
 * for a character that is drawn. */
void font_keep(void *font, uint32_t character);

#endif
