/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_IDS_H
#define PITLANE_DOMAIN_IDS_H

/* One struct for each kind of number, so that mixing them does not compile. Customers, vehicles,
 * orders and invoices are known to people by these very numbers; 0 is none. */

#include <stdint.h>

#define ID_TYPE(noun)                                                                              \
    struct noun##_id {                                                                             \
        int64_t v;                                                                                 \
    }

ID_TYPE(user);
ID_TYPE(role);
ID_TYPE(session);
ID_TYPE(refresh_token);
ID_TYPE(terminal);
ID_TYPE(audit);
ID_TYPE(audit_checkpoint);
ID_TYPE(customer);
ID_TYPE(phone);
ID_TYPE(address);
ID_TYPE(contact);
ID_TYPE(vehicle);
ID_TYPE(rate_class);
ID_TYPE(labor_matrix);
ID_TYPE(contract);
ID_TYPE(matrix);
ID_TYPE(coupon);
ID_TYPE(canned_job);
ID_TYPE(canned_line);
ID_TYPE(part);
ID_TYPE(part_vendor);
ID_TYPE(stock_move);
ID_TYPE(vendor);
ID_TYPE(purchase);
ID_TYPE(purchase_line);
ID_TYPE(receipt);
ID_TYPE(receipt_line);
ID_TYPE(bill);
ID_TYPE(vendor_payment);
ID_TYPE(claim);
ID_TYPE(customer_core);
ID_TYPE(stock_count);
ID_TYPE(stock_count_line);
ID_TYPE(order);
ID_TYPE(template);
ID_TYPE(job);
ID_TYPE(line);
ID_TYPE(discount);
ID_TYPE(authorization);
ID_TYPE(invoice);
ID_TYPE(invoice_line);
ID_TYPE(credit);
ID_TYPE(payment);
ID_TYPE(gift_certificate);
ID_TYPE(account);
ID_TYPE(entry);
ID_TYPE(drawer_move);
ID_TYPE(closed_day);
ID_TYPE(punch);
ID_TYPE(draft);
ID_TYPE(document);
ID_TYPE(terms);
ID_TYPE(letterhead);
ID_TYPE(picture);
ID_TYPE(law);
ID_TYPE(part_request);

#endif
