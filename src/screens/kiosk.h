/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_KIOSK_H
#define PITLANE_SCREENS_KIOSK_H

/* The kiosk in the bays: gloves on, digits only, one page for one thing. Whoever has shown a PIN
 * gets here and nowhere else. */

#include "domain/clock.h"
#include "inner.h"

/* kiosk_door.c: who is there? Covers everything; `badge` is one just scanned, or NULL. */
void kiosk_cover(struct desk *desk, const char *badge);
/* Ends the person's session and closes the door behind him. */
void kiosk_leave(struct desk *desk, const char *next_badge);
/* For key tables: "0" on the first page, "*" everywhere. */
void kiosk_lock(struct view *view, const struct action *action);
void kiosk_back(struct view *view, const struct action *action);

/* kiosk.c: the first page. */
struct view *kiosk_view(struct app *app);
/* A repair order opens my job on it, a badge lets its holder in. */
void kiosk_scan(struct desk *desk, const char *text);

/* kiosk_jobs.c: my jobs, of one order or (0) of all; what a digit does with the chosen one. */
enum kiosk_aim { KIOSK_OPEN, KIOSK_START, KIOSK_INSPECT, KIOSK_NOTE, KIOSK_PART };
void kiosk_jobs_open(struct desk *desk, struct order_id order, enum kiosk_aim aim);
/* My jobs as they are now; NULL when they cannot be read, which is said. */
const struct rows *kiosk_jobs_load(struct desk *desk, struct loading *loading);

/* kiosk_job.c: one of them. */
void kiosk_job_open(struct desk *desk, struct job_id job);
/* Goes on it or, when I am on it, off; says so. */
void kiosk_start_stop(struct desk *desk, const struct my_job *job);
void kiosk_note(struct desk *desk, const struct my_job *job);
/* Asks the counter for a part: by scan, or in words. */
void kiosk_ask_part(struct desk *desk, const struct my_job *job);

/* kiosk_inspection.c: the look over the car of an order, begun where somebody stopped. */
void kiosk_inspection_open(struct desk *desk, struct order_id order);

/* Drawing (kiosk_draw.c). */
struct tile {
    const char *label;
    const char *count; /* right beside the label, or NULL */
    const char *lines[2];
    enum ink ink; /* of the first line */
};
/* Numbered from 1, two or three beside one another; returns the row behind. */
int kiosk_draw_tiles(struct area area, const struct tile *tiles, size_t count);
#define HOURS_MAX 24
const char *kiosk_hours(int64_t seconds, char ret_text[HOURS_MAX]); /* "0:42" */
/* "RO 10412 job 2" */
const char *kiosk_job_name(const struct my_job *job, struct arena *arena);

#endif
