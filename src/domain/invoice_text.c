/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Texts are made once, when the invoice is posted, and read ever after as they were: a customer who
 * moves, a vehicle that gets new plates or new terms of the shop do not change an old invoice. */

#include "invoice_text.h"

#include "base/text.h"

#define TEXT_MAX BUF((size_t)16 << 10)

/* Adds a line, with a word in front, where there is anything to say. */
static void add_line(struct buf *buf, const char *word, const char *text)
{
    if (text_is_empty(text))
        return;
    buf_printf(buf, "%s%s%s", buf->length > 0 ? "\n" : "", word, text);
}

static const char *kept(struct session *s, const struct buf *buf)
{
    return arena_text(s->arena, buf_str(buf));
}

const char *vehicle_text(struct session *s, const struct order *order)
{
    AUTO_BUF text = TEXT_MAX;

    add_line(&text, "", order->vehicle_name);
    add_line(&text, "VIN ", order->vin);
    add_line(&text, "Plate ", order->plate);
    if (!text_is_empty(order->plate) && !text_is_empty(order->plate_state))
        buf_printf(&text, " %s", order->plate_state);
    add_line(&text, "Color ", order->color);
    return kept(s, &text);
}

const char *terms_text(struct session *s, const struct order *order, const struct billing *billing)
{
    AUTO_BUF text = TEXT_MAX;

    if (billing->terms_days > 0)
        buf_printf(&text, "Net %lld days", (long long)billing->terms_days);
    else
        buf_text(&text, "Due on receipt");
    add_line(&text, "", billing->invoice_terms);
    add_line(&text, "", billing->warranty_text);
    if (order->supplies.cents != 0)
        add_line(&text, "", billing->supplies_text);
    return kept(s, &text);
}

const char *exempt_text(struct session *s, const struct billing *billing)
{
    const struct day until = billing->exempt_until_on;
    char day[DAY_TEXT_MAX];
    AUTO_BUF text = TEXT_MAX;

    if (!billing->tax_exempt || (until.iso[0] != '\0' && day_compare(until, session_today(s)) < 0))
        return "";
    buf_text(&text, "Tax exempt");
    if (!text_is_empty(billing->exempt_kind))
        buf_printf(&text, ": %s", billing->exempt_kind);
    if (!text_is_empty(billing->exempt_certificate))
        buf_printf(&text, ", certificate %s", billing->exempt_certificate);
    if (until.iso[0] != '\0')
        buf_printf(&text, ", valid until %s", day_show(until, day));
    return kept(s, &text);
}

/* clang-format off */
static const char *const method_words[] = {
    [METHOD_SIGNED]    = "Signed",
    [METHOD_IN_PERSON] = "In person",
    [METHOD_PHONE]     = "By phone",
    [METHOD_TEXT]      = "By text message",
    [METHOD_EMAIL]     = "By e-mail",
    [METHOD_PORTAL]    = "On the web",
};
/* clang-format on */

static void add_authorization(struct session *s, struct buf *text,
                              const struct order_authorization *authorization)
{
    const char *contacted = authorization->contacted;
    char when[DAY_TEXT_MAX];
    char amounts[2][NUMBER_TEXT_MAX];

    buf_printf(text, "%s%s: %s", text->length > 0 ? "\n" : "", method_words[authorization->method],
               authorization->person);
    if (authorization->answered_by == ANSWERED_BY_DESIGNATED)
        buf_text(text, ", named by the customer");
    if (!text_is_empty(contacted))
        buf_printf(text, ", %s",
                   contacted[0] == '+' ? text_phone_show(s->arena, contacted) : contacted);
    buf_printf(text, ", %s", instant_show(authorization->at, when));
    if (!text_is_empty(authorization->staff_name))
        buf_printf(text, ", taken by %s", authorization->staff_name);
    const bool is_less = authorization->added.cents < 0;
    buf_printf(
        text, ". %s %s, new total %s. Code %s.", is_less ? "Less" : "Added",
        money_show(is_less ? money_negate(authorization->added) : authorization->added, amounts[0]),
        money_show(authorization->total, amounts[1]), authorization->code);
}

const char *authorized_text(struct session *s, const struct order *order)
{
    const struct order_authorization *authorization = order->authorizations.at;
    AUTO_BUF text = TEXT_MAX;

    for (size_t i = 0; i < order->authorizations.count; i++)
        add_authorization(s, &text, &authorization[i]);
    return kept(s, &text);
}

const char *signature_text(struct session *s, const struct order_authorization *authorization)
{
    char when[DAY_TEXT_MAX];

    return arena_printf(s->arena, "%s, %s, code %s", authorization->person,
                        instant_show(authorization->at, when), authorization->code);
}
