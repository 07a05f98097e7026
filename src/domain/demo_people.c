/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Made-up customers and vehicles. Nobody of them lives: phone numbers are of the block 555-0100 to
 * 555-0199, which the numbering plan keeps for fiction; mail goes to example.com (RFC 2606); plates
 * have a Q, I or O where California never puts one. */

#include "demo_inner.h"

#include <stdlib.h>

#include "base/text.h"

#define MODELS       (DEMO_MODELS)
#define MANY_SERIALS 1000000

/* clang-format off */
static const char *const first_names[] = {
    "Maria", "James", "Linda", "Robert", "Patricia", "Michael", "Jennifer", "David", "Elena", "William",
    "Susan", "Carlos", "Jessica", "Thomas", "Sarah", "José", "Karen", "Daniel", "Nancy", "Minh",
    "Lisa", "Anthony", "Betty", "Mark", "Fatima", "Steven", "Sandra", "Paul", "Ashley", "Andrew",
    "Kimberly", "Joshua", "Donna", "Kenji", "Emily", "Kevin", "Michelle", "Brian", "Carol", "Zoë",
    "Amanda", "George", "Melissa", "Luis", "Deborah", "Ravi", "Stephanie", "Edward", "Rebecca", "Jorge",
    "Laura", "Jeffrey", "Helen", "Omar", "Sharon", "Jacob", "Cynthia", "Gary", "Priya", "Nicholas",
    "Angela", "Björn", "Amy", "Jonathan", "Ruth", "Stephen", "Brenda", "Larry", "Siobhán", "Justin",
    "Grace", "Scott", "Mei", "Brandon", "Diane", "Samuel", "Renée", "Gregory", "Alice", "Frank",
};
static const char *const last_names[] = {
    "Delgado", "Okafor", "Nguyen", "Hartwell", "Ramírez", "Kowalski", "Brightwater", "Santos", "Whitfield", "Park",
    "Castellanos", "Mbeki", "Larkin", "Torres", "Ashdown", "Tanaka", "Villanueva", "Pruitt", "Haddad", "Lindqvist",
    "Morales", "Fairbanks", "Chaudhry", "Bellweather", "Ortega", "O'Rourke", "Stanhope", "Vu", "Quintero", "Marsh",
    "Reyes", "Thorne", "Abernathy", "Silva", "Drummond", "Kapoor", "Espinoza", "Whitlock", "Yamada", "Garrity",
    "Navarro", "Holcomb", "Petrov", "Aguilar", "Winslow", "Dinh", "Sandoval", "Marlowe", "Van der Berg", "Cordova",
    "Ellsworth", "Fuentes", "Gallagher", "Ibarra", "Jorgensen", "Kincaid", "Luna", "McAllister", "Nuñez", "Osborne",
    "Palmer", "Rosales", "Sinclair", "Trujillo", "Underhill", "Valdez", "Westbrook", "Ybarra", "Zamora", "Smith-Jones",
};
static const char *const companies[] = {
    "Delano Fleet", "Harborview Plumbing", "Mission Bay Landscaping", "Cuyamaca Electric", "Sunset Courier",
    "Point Loma Catering", "Kearny Mesa Roofing", "Old Town Florist", "Chollas Creek Towing", "Seabreeze Pool Care",
    "Mesa Verde Painting", "North Park Bakery", "Otay Ranch Pest Control", "Silver Strand Rentals", "Balboa Cleaning",
    "Rancho Tile and Stone", "Coronado Medical Transport", "Pacific Crest Security", "Fairmount Glass", "Lakeside Feed",
};
static const char *const streets[] = {
    "Harbor Dr", "Juniper Ct", "Kettner Way", "Anchor St", "Pelican Ln", "Marina View Rd", "Eucalyptus Ave",
    "Sandpiper Dr", "Lighthouse Way", "Mesa Grande Rd", "Orchard Ave", "Sycamore St", "Canyon Rim Rd", "Bayberry Ln",
    "Sea Glass Ct", "Palm Terrace", "Driftwood Way", "Ironwood St", "Manzanita Dr", "Quail Run", "Old Mill Rd",
    "Sunrise Ct", "Willow Glen Dr", "Coral Ridge Rd",
};
static const struct { const char *city, *zip; } places[] = {
    {"San Diego", "92101"}, {"San Diego", "92103"}, {"San Diego", "92104"}, {"San Diego", "92106"},
    {"San Diego", "92110"}, {"San Diego", "92115"}, {"San Diego", "92117"}, {"San Diego", "92123"},
    {"Chula Vista", "91910"}, {"Chula Vista", "91911"}, {"National City", "91950"}, {"La Mesa", "91942"},
    {"El Cajon", "92020"}, {"Coronado", "92118"}, {"Santee", "92071"}, {"Lemon Grove", "91945"},
};
static const char *const colors[] = {
    "white", "black", "silver", "gray", "blue", "red", "green", "beige", "dark blue", "brown", "orange", "gold",
};
static const char *const referrals[] = {
    "Neighbor", "Drove by", "Web search", "Returning customer", "Tow company", "Coworker", "Mailer",
};
static const char *const notes[] = {
    "Prefers a call after 4 pm.", "Waits in the lobby.", "Asks for the old parts back.", "Needs a ride home.",
    "Gate code for the shuttle is with the front desk.", "Likes to see the worn parts.",
};
/* Around San Diego first: a shop's customers are neighbors. */
static const int area_codes[] = {619, 858, 760, 442, 951};
/* clang-format on */

int64_t demo_customers(const struct demo *d)
{
    return d->options->customers != 0 ? d->options->customers : 300;
}

bool demo_is_fleet(struct demo *d, int64_t n)
{
    return n != 0 && demo_chance(d, DEMO_SUBJECT(DEMO_OF_CUSTOMER, n), 1, 7);
}

/* 500 numbers of neighbors, then all area codes there could be; of these each is used again. */
static const char *phone_of(struct demo *d, int64_t n)
{
    const int64_t block = n / 100;
    const int near = (int)COUNT_OF(area_codes);
    const int far = 201 + (int)((block - near) * 7 % 780);
    const int area = block < near ? area_codes[block] : far % 100 == 11 ? far + 1 : far;

    return arena_printf(d->s->arena, "+1%d55501%02d", area, (int)((n * 37) % 100));
}

/* The number keeps two of the same name apart. */
static const char *mail_of(struct demo *d, int64_t n, const char *first, const char *last)
{
    struct arena *arena = d->s->arena;
    char *mail = arena_printf(arena, "%s.%s%lld@example.com", text_fold(arena, first),
                              text_fold(arena, last), (long long)n);

    for (char *at = mail; *at != '\0'; at++)
        if (*at == ' ')
            *at = '.';
    return mail;
}

static void make_terms(struct demo *d, int64_t n, struct customer_entry *c)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_CUSTOMER, n);

    c->company = companies[demo_below(d, of, 2, COUNT_OF(companies))];
    if (n >= DEMO_STORY_MAX || demo_chance(d, of, 3, 40))
        c->company = arena_printf(
            d->s->arena, "%s %s", c->company,
            n >= DEMO_STORY_MAX ? arena_printf(d->s->arena, "%lld", (long long)n) : "Services");
    c->terms_days = demo_chance(d, of, 4, 60) ? 30 : 15;
    if (!demo_chance(d, of, 5, 15))
        return;
    c->tax_exempt = true;
    c->exempt_kind = "resale";
    c->exempt_certificate = arena_printf(d->s->arena, "DEMO-%04lld", (long long)(n % 10000));
}

static void make_contact(struct demo *d, int64_t n, struct customer_entry *c)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_CUSTOMER, n);
    const size_t place = demo_below(d, of, 8, COUNT_OF(places));

    c->phone = phone_of(d, n);
    if (demo_chance(d, of, 9, 75))
        c->email = mail_of(d, n, c->first_name, c->last_name);
    c->street = arena_printf(d->s->arena, "%zu %s", 100 + demo_below(d, of, 10, 9800),
                             streets[demo_below(d, of, 11, COUNT_OF(streets))]);
    c->city = places[place].city;
    c->state = "CA";
    c->zip = places[place].zip;
    c->text_consent = demo_chance(d, of, 12, 45);
    c->email_consent = *c->email != '\0' && demo_chance(d, of, 13, 35);
    c->preferred_contact = c->text_consent    ? PREFERS_TEXT
                           : c->email_consent ? PREFERS_EMAIL
                                              : PREFERS_PHONE;
}

void demo_make_customer(struct demo *d, int64_t n, struct customer_entry *ret)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_CUSTOMER, n);
    struct customer_entry c;

    demo_init(d, &customer_add_op, &c);
    c.first_name = first_names[n == 0 ? 0 : demo_below(d, of, 6, COUNT_OF(first_names))];
    c.last_name = last_names[n == 0 ? 0 : demo_below(d, of, 7, COUNT_OF(last_names))];
    make_contact(d, n, &c);
    if (demo_is_fleet(d, n))
        make_terms(d, n, &c);
    if (demo_chance(d, of, 14, 60))
        c.referral = referrals[demo_below(d, of, 15, COUNT_OF(referrals))];
    if (demo_chance(d, of, 16, 12))
        c.note = notes[demo_below(d, of, 17, COUNT_OF(notes))];
    *ret = c;
}

/* A second million of serial numbers goes to other models. */
const struct vin_facts *demo_model_of(const struct demo *d, int64_t n)
{
    const size_t half = MODELS / 2;
    const size_t at = demo_below(d, DEMO_SUBJECT(DEMO_OF_VEHICLE, n), 1, half);

    return &d->models[(n / MANY_SERIALS) % 2 == 0 ? at : half + at];
}

static const char *plate_of(struct demo *d, int64_t n)
{
    static const char never[] = "QIO";
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VEHICLE, n);

    return arena_printf(d->s->arena, "%zu%c%c%c%03zu", 1 + demo_below(d, of, 2, 9),
                        never[demo_below(d, of, 3, 3)], (char)('A' + demo_below(d, of, 4, 26)),
                        (char)('A' + demo_below(d, of, 5, 26)), demo_below(d, of, 6, 1000));
}

/* What it had run when the shop opened: about 11,000 miles a year, some much less or more. */
static int64_t miles_of(struct demo *d, int64_t n, int64_t year)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VEHICLE, n);
    const int64_t age = strtoll(d->first_on.iso, NULL, 10) - year;
    const int64_t a_year = 7000 + (int64_t)demo_below(d, of, 7, 8000);

    return (age > 0 ? age : 0) * a_year + 200 + (int64_t)demo_below(d, of, 8, 6000);
}

void demo_make_vehicle(struct demo *d, int64_t n, struct vehicle_entry *ret)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VEHICLE, n);
    const struct vin_facts *model = demo_model_of(d, n);
    const unsigned serial = (unsigned)((n % MANY_SERIALS) * 7919 % MANY_SERIALS);
    struct vehicle_entry v;

    demo_init(d, &vehicle_add_op, &v);
    v.vin = vin_with_serial(d->s->arena, model->vin, serial);
    v.plate = plate_of(d, n);
    v.plate_state = "CA";
    v.color = colors[demo_below(d, of, 9, COUNT_OF(colors))];
    v.year = model->year;
    v.make = model->make;
    v.model = model->model;
    v.trim = model->trim;
    v.body = model->body;
    v.engine = model->engine;
    v.odometer_mi = miles_of(d, n, model->year);
    *ret = v;
}
