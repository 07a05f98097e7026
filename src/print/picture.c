/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Pictures on documents. libharu's own reader of PNG ends the whole program at a damaged file, so
 * PNG goes through libpng's guarded interface and reaches libharu as plain pixels. */

#include <png.h>
#include <stdint.h>
#include <stdlib.h>

#include "press.h"

#define PIXELS_MAX (16u << 20)

/* Onto white, as paper is; NULL for anything that is no whole PNG. */
static HPDF_Image load_png(struct press *press, const void *bytes, size_t count)
{
    static const png_color white = {255, 255, 255};
    png_image head = {.version = PNG_IMAGE_VERSION};
    HPDF_Image image = NULL;

    if (!png_image_begin_read_from_memory(&head, bytes, count))
        return NULL;
    head.format = PNG_FORMAT_RGB;
    png_byte *pixels = (uint64_t)head.width * head.height <= PIXELS_MAX
                           ? calloc(head.height, PNG_IMAGE_ROW_STRIDE(head))
                           : NULL;
    if (pixels != NULL && png_image_finish_read(&head, &white, pixels, 0, NULL))
        image = HPDF_LoadRawImageFromMem(press->document, pixels, head.width, head.height,
                                         HPDF_CS_DEVICE_RGB, 8);
    free(pixels);
    png_image_free(&head);
    return image;
}

HPDF_Image press_load_picture(struct press *press, const void *bytes, size_t count)
{
    const unsigned char *start = bytes;

    if (count < 2)
        return NULL;
    return start[0] == 0xFF && start[1] == 0xD8
               ? HPDF_LoadJpegImageFromMem(press->document, bytes, (HPDF_UINT)count)
               : load_png(press, bytes, count);
}
