/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_PRINT_H
#define PITLANE_PRINT_PRINT_H

/* The shop's papers: for customers, for vendors, for the shelf and the office, as PDF or as text
 * for any printer. What is printed is read through op_call, so nobody prints what he may not see; a
 * technician's work order shows no prices. In the demo shop every page says DEMO. Labels are
 * label.h's. */

#include "domain/audit.h"
#include "domain/document.h"
#include "domain/factor.h"

enum print_format { PRINT_PDF, PRINT_TEXT };

/* Renders one document. `subject` is the number of what the kind is a paper of: an order (estimate,
 * work order), an invoice (invoice, receipt), a vehicle (history); see enum document_kind. */
status print_render(struct session *s, enum document_kind kind, int64_t subject,
                    enum print_format format, struct buf *ret_bytes) MUST_USE;

/* As text of so many columns, 80 at most, to be looked at. */
status print_preview(struct session *s, enum document_kind kind, int64_t subject, size_t cells,
                     struct buf *ret_text) MUST_USE;

/* Where files go when nobody says otherwise: $PITLANE_FILES, else the person's
 * documents, else the home directory. */
const char *print_folder(void);
/* "DIR/invoice-20881.pdf", DIR being print_folder. Text in s->arena. */
const char *print_default_path(struct session *s, enum document_kind kind, int64_t subject,
                               enum print_format format);

/* The three ways out; each notes itself by document.record. */
status print_save(struct session *s, enum document_kind kind, int64_t subject,
                  enum print_format format, const char *path) MUST_USE;
/* By CUPS: `queue` "" is the shop's printer (receipts: its receipt printer), else the system's. */
status print_send(struct session *s, enum document_kind kind, int64_t subject, const char *queue,
                  int64_t copies) MUST_USE;
/* Notes that it is to be mailed to this address: nothing is sent from here. */
status print_queue(struct session *s, enum document_kind kind, int64_t subject,
                   const char *email) MUST_USE;

/* The recovery sheet: the shop's keys under a passphrase, to be typed or scanned back in. Read from
 * the key ring of the session; nobody need be signed in. */
status print_keys(struct session *s, const char *passphrase, enum print_format format,
                  struct buf *ret_bytes) MUST_USE;

/* Recovery codes that were just made, on the shop's printer; they are kept nowhere. Notes in the
 * audit log that they were printed. */
status print_recovery_codes(struct session *s, const struct recovery_code *codes,
                            size_t count) MUST_USE;

/* The audit log for an auditor, limited as audit.list is: with what changed where there are few
 * rows, whether the chain holds, and a checkpoint signed for this paper. The caller notes where it
 * goes (audit_note_export). */
status print_audit(struct session *s, const struct audit_list *filter, enum print_format format,
                   struct buf *ret_bytes) MUST_USE;

#endif
