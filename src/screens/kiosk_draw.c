/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Big numbered tiles, and how times and jobs are written on them. */

#include <stdio.h>

#include "kiosk.h"

const char *kiosk_hours(int64_t seconds, char ret_text[HOURS_MAX])
{
    const int64_t minutes = seconds > 0 ? seconds / 60 : 0;

    snprintf(ret_text, HOURS_MAX, "%lld:%02d", (long long)(minutes / 60), (int)(minutes % 60));
    return ret_text;
}

const char *kiosk_job_name(const struct my_job *job, struct arena *arena)
{
    return arena_printf(arena, "RO %lld job %lld", (long long)job->order.v,
                        (long long)job->position);
}

static void draw_tile(struct area area, size_t number, const struct tile *tile)
{
    const struct area inside = area_box(area, INK_MUTED, NULL);
    int row = inside.rows > 4 ? 1 : 0;

    area_printf(inside, row, 2, INK_KEY, "%zu", number);
    area_fit(inside, row, 5, inside.cols - 6, INK_STRONG, tile->label);
    if (tile->count != NULL)
        area_right(inside, row, inside.cols - 2, INK_STRONG, tile->count);
    row += inside.rows > 4 ? 2 : 1;
    for (int i = 0; i < 2; i++, row++)
        if (tile->lines[i] != NULL)
            area_fit(inside, row, 2, inside.cols - 3, i == 0 ? tile->ink : INK_MUTED,
                     tile->lines[i]);
}

int kiosk_draw_tiles(struct area area, const struct tile *tiles, size_t count)
{
    const int across = count <= 4 ? 2 : 3;
    const int down = ((int)count + across - 1) / across;
    const int cols = (area.cols - (across - 1)) / across;
    const int room = down > 0 ? area.rows / down : 0;
    const int rows = room > 7 ? 7 : room;

    for (size_t i = 0; i < count; i++)
        draw_tile(area_part(area, (int)i / across * rows, (int)i % across * (cols + 1), rows, cols),
                  i + 1, &tiles[i]);
    return down * rows;
}
