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

/* ---- glyphs put together from others ---- */

/* Flags of a part (OpenType, "glyf": component glyph flags). */
#define PART_HAS_WORDS  0x0001u
#define PART_HAS_SCALE  0x0008u
#define PART_HAS_MORE   0x0020u
#define PART_HAS_SCALES 0x0040u
#define PART_HAS_MATRIX 0x0080u
#define PART_DEPTH_MAX  4 /* parts of parts */

static bool read_number(HPDF_Stream stream, uint16_t *ret)
{
    HPDF_BYTE bytes[2];
    HPDF_UINT size = sizeof bytes;

    if (HPDF_Stream_Read(stream, bytes, &size) != HPDF_OK || size != sizeof bytes)
        return false;
    *ret = (uint16_t)(bytes[0] << 8 | bytes[1]);
    return true;
}

/* False: the glyph stands for itself, or there is none. */
static bool go_to_parts(HPDF_TTFontDefAttr font, uint16_t glyph)
{
    const HPDF_UINT32 *offsets = font->glyph_tbl.offsets;
    const HPDF_UINT32 unit = font->header.index_to_loc_format == 0 ? 2 : 1;
    const HPDF_UINT32 at = font->glyph_tbl.base_offset + offsets[glyph] * unit;
    uint16_t contours = 0;

    return offsets[glyph + 1] > offsets[glyph] &&
           HPDF_Stream_Seek(font->stream, (HPDF_INT)at, HPDF_SEEK_SET) == HPDF_OK &&
           read_number(font->stream, &contours) && contours == UINT16_MAX &&
           HPDF_Stream_Seek(font->stream, 8, HPDF_SEEK_CUR) == HPDF_OK;
}

static HPDF_INT part_rest(uint16_t flags)
{
    return ((flags & PART_HAS_WORDS) ? 4 : 2) + ((flags & PART_HAS_SCALE)    ? 2
                                                 : (flags & PART_HAS_SCALES) ? 4
                                                 : (flags & PART_HAS_MATRIX) ? 8
                                                                             : 0);
}

/* libharu 2.3 reads the number of a part as a signed one and so leaves out those from 32768 up: in
 * the large fonts half of the Chinese characters came out empty. */
static void keep_parts(HPDF_TTFontDefAttr font, uint16_t glyph, int depth)
{
    uint16_t parts[16];
    uint16_t flags = PART_HAS_MORE;
    size_t count = 0;

    if (depth == PART_DEPTH_MAX || glyph >= font->num_glyphs || !go_to_parts(font, glyph))
        return;
    while ((flags & PART_HAS_MORE) && count < sizeof parts / sizeof parts[0] &&
           read_number(font->stream, &flags) && read_number(font->stream, &parts[count]) &&
           HPDF_Stream_Seek(font->stream, part_rest(flags), HPDF_SEEK_CUR) == HPDF_OK)
        count++;
    for (size_t i = 0; i < count; i++)
        if (parts[i] < font->num_glyphs) {
            font->glyph_tbl.flgs[parts[i]] = 1;
            keep_parts(font, parts[i], depth + 1);
        }
}

void font_keep(void *font, uint32_t character)
{
    const HPDF_Dict dict = font;

    if (!font_shows(font, character))
        return;
    const HPDF_FontAttr attr = dict->attr;
    keep_parts(attr->fontdef->attr,
               HPDF_TTFontDef_GetGlyphid(attr->fontdef, (HPDF_UINT16)character), 0);
}
