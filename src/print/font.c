/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Fonts, as far as libharu's inner headers are needed for them. */

#include "font.h"

#include <hpdf_font.h>
#include <hpdf_fontdef.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>

/* What the codes of a font mean, so that text can be searched in a document and copied out of it.
 * libharu 2.3 writes a CMap from codes to glyphs there (begincidrange), which ISO 32000-1, 9.10.3
 * does not allow: poppler complains of it at every page. Codes of its UTF-8 encoder are UTF-16, so
 * that each means itself. */
static const char cmap[] =
    "/CIDInit /ProcSet findresource begin\n"
    "12 dict begin\n"
    "begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n"
    "1 begincodespacerange\n"
    "<0000> <FFFF>\n"
    "endcodespacerange\n"
    "1 beginbfrange\n"
    "<0000> <FFFF> <0000>\n"
    "endbfrange\n"
    "endcmap\n"
    "CMapName currentdict /CMap defineresource pop\n"
    "end\n"
    "end\n";

unsigned long font_mend(void *font)
{
    HPDF_Dict map = font == NULL ? NULL : HPDF_Dict_GetItem(font, "ToUnicode", HPDF_OCLASS_DICT);

    if (map == NULL || map->stream == NULL)
        return HPDF_OK;
    HPDF_MemStream_FreeData(map->stream);
    return HPDF_Stream_WriteStr(map->stream, cmap);
}

bool font_shows(void *font, uint32_t character)
{
    const HPDF_Dict dict = font;

    if (dict == NULL || dict->attr == NULL || character > 0xffff)
        return false;
    const HPDF_FontAttr attr = dict->attr;
    return HPDF_TTFontDef_GetGlyphid(attr->fontdef, (HPDF_UINT16)character) != 0;
}
