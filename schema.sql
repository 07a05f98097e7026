-- SPDX-FileCopyrightText: 2026 Pitlane authors
-- SPDX-License-Identifier: MIT
--
-- The shop's one file. Money is integer cents, quantities and hours are thousandths, rates are parts
-- per million; columns ending in _at are seconds UTC, in _on ISO days of the shop's calendar.
-- Enumerations are words, checked; in the tables that are written most, by one comparison after
-- another (for every row an IN list of three words or more would build a table of its own). Editable
-- rows carry a revision. Money and stock move only by appended rows; corrections are further rows.

-- ---------------------------------------------------------------- setting --

-- The shop itself: one row.
CREATE TABLE shop (
    id                  INTEGER PRIMARY KEY CHECK (id = 1),
    name                TEXT NOT NULL,
    street              TEXT NOT NULL DEFAULT '',
    city                TEXT NOT NULL DEFAULT '',
    state               TEXT NOT NULL DEFAULT '',
    zip                 TEXT NOT NULL DEFAULT '',
    phone               TEXT NOT NULL DEFAULT '',
    email               TEXT NOT NULL DEFAULT '',
    website             TEXT NOT NULL DEFAULT '',
    zone                TEXT NOT NULL DEFAULT 'America/Los_Angeles',
    profile             TEXT NOT NULL DEFAULT 'plain'  -- whose rules for repair shops count
                        CHECK (profile IN ('plain', 'ca', 'fl', 'mi', 'ny', 'tx')),
    registration        TEXT NOT NULL DEFAULT '',  -- repair dealer's number, printed where the state asks
    epa_id              TEXT NOT NULL DEFAULT '',
    logo                TEXT NOT NULL DEFAULT '',  -- path of a PNG or JPEG
    paper               TEXT NOT NULL DEFAULT 'letter' CHECK (paper IN ('letter', 'a4')),
    printer             TEXT NOT NULL DEFAULT '',  -- CUPS queue
    receipt_printer     TEXT NOT NULL DEFAULT '',
    supplies_ppm        INTEGER NOT NULL DEFAULT 0 CHECK (supplies_ppm BETWEEN 0 AND 1000000),
    supplies_on         TEXT NOT NULL DEFAULT 'labor' CHECK (supplies_on IN ('labor', 'parts', 'all')),
    supplies_flat       INTEGER NOT NULL DEFAULT 0 CHECK (supplies_flat >= 0),
    supplies_min        INTEGER NOT NULL DEFAULT 0 CHECK (supplies_min >= 0),
    supplies_cap        INTEGER NOT NULL DEFAULT 0 CHECK (supplies_cap >= 0),  -- 0: no cap
    supplies_taxable    INTEGER NOT NULL DEFAULT 1 CHECK (supplies_taxable IN (0, 1)),
    supplies_text       TEXT NOT NULL DEFAULT '',
    tolerance_ppm       INTEGER NOT NULL DEFAULT 0 CHECK (tolerance_ppm BETWEEN 0 AND 1000000),
    tolerance_cap       INTEGER NOT NULL DEFAULT 0 CHECK (tolerance_cap >= 0),
    negative_stock      INTEGER NOT NULL DEFAULT 1 CHECK (negative_stock IN (0, 1)),
    gift_expires        INTEGER NOT NULL DEFAULT 0 CHECK (gift_expires IN (0, 1)), -- what is sold may have an end
    -- Of a part's price. Receiving warns below, and selling wants a right and a reason.
    margin_floor_ppm    INTEGER NOT NULL DEFAULT 250000
                        CHECK (margin_floor_ppm BETWEEN 0 AND 999999),
    drawer_limit        INTEGER NOT NULL DEFAULT 2000 CHECK (drawer_limit >= 0), -- a count further off says why
    idle_lock_s         INTEGER NOT NULL DEFAULT 300 CHECK (idle_lock_s BETWEEN 30 AND 43200),
    estimate_terms      TEXT NOT NULL DEFAULT '',
    consent_text        TEXT NOT NULL DEFAULT          -- above the customer's signature
        'I authorize the work listed above and its cost. I understand that I will be asked before the total is exceeded, and that replaced parts are returned if I ask for them now.',
    invoice_terms       TEXT NOT NULL DEFAULT '',
    warranty_text       TEXT NOT NULL DEFAULT '',
    kiosk_lock_s        INTEGER NOT NULL DEFAULT 90 CHECK (kiosk_lock_s BETWEEN 30 AND 43200),
    ssh_lock_s          INTEGER NOT NULL DEFAULT 900 CHECK (ssh_lock_s BETWEEN 30 AND 43200),
    reserve_mib         INTEGER NOT NULL DEFAULT 16 CHECK (reserve_mib BETWEEN 0 AND 1024), -- beside this file
    demo                INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    uid                 TEXT NOT NULL,             -- random; issuer of this shop's access tokens
    keys_digest         TEXT NOT NULL,             -- tells this shop's key file from another's
    data_key            INTEGER NOT NULL DEFAULT 1, -- what is sealed anew is sealed with this key, or a newer one
    opened_at           INTEGER NOT NULL,
    walk_in             INTEGER REFERENCES customer, -- who gives no name at the counter
    picture             INTEGER REFERENCES letterhead_picture, -- what was found at the path `logo`
    letterhead          INTEGER REFERENCES letterhead, -- today's; kept by the triggers below
    revision            INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Pictures that papers bear, taken into the file when they are chosen, so that a paper can be printed
-- again when the picture's own file is another one or gone. PNG or JPEG in base64url.
CREATE TABLE letterhead_picture (
    id     INTEGER PRIMARY KEY,
    bytes  BLOB NOT NULL UNIQUE
) STRICT;

-- What stands at the top of the shop's papers, their size, and the clock they go by: a row for every
-- wording there was. What is posted keeps which one it was printed with. Append-only.
CREATE TABLE letterhead (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    street        TEXT NOT NULL,
    city          TEXT NOT NULL,
    state         TEXT NOT NULL,
    zip           TEXT NOT NULL,
    phone         TEXT NOT NULL,
    email         TEXT NOT NULL,
    profile       TEXT NOT NULL,                   -- how it calls the registration number
    registration  TEXT NOT NULL,
    epa_id        TEXT NOT NULL,
    paper         TEXT NOT NULL,
    zone          TEXT NOT NULL,
    picture       INTEGER REFERENCES letterhead_picture
) STRICT;
CREATE TRIGGER letterhead_begins AFTER INSERT ON shop
BEGIN
    INSERT INTO letterhead (name, street, city, state, zip, phone, email, profile, registration,
                            epa_id, paper, zone, picture)
    VALUES (new.name, new.street, new.city, new.state, new.zip, new.phone, new.email, new.profile,
            new.registration, new.epa_id, new.paper, new.zone, new.picture);
    UPDATE shop SET letterhead = last_insert_rowid() WHERE id = new.id;
END;
CREATE TRIGGER letterhead_follows AFTER UPDATE OF
    name, street, city, state, zip, phone, email, profile, registration, epa_id, paper, zone,
    picture
ON shop
WHEN (new.name, new.street, new.city, new.state, new.zip, new.phone, new.email, new.profile,
      new.registration, new.epa_id, new.paper, new.zone, new.picture)
  IS NOT (old.name, old.street, old.city, old.state, old.zip, old.phone, old.email, old.profile,
          old.registration, old.epa_id, old.paper, old.zone, old.picture)
BEGIN
    INSERT INTO letterhead (name, street, city, state, zip, phone, email, profile, registration,
                            epa_id, paper, zone, picture)
    VALUES (new.name, new.street, new.city, new.state, new.zip, new.phone, new.email, new.profile,
            new.registration, new.epa_id, new.paper, new.zone, new.picture);
    UPDATE shop SET letterhead = last_insert_rowid() WHERE id = new.id;
END;

-- Every wording of the texts above that was saved or used. Append-only.
CREATE TABLE terms_version (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('estimate', 'consent', 'invoice', 'warranty')),
    number   INTEGER NOT NULL CHECK (number >= 1),
    text     TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    user     INTEGER REFERENCES user,
    UNIQUE (kind, number)
) STRICT;

-- Taxing jurisdictions. classes is a blank-separated list of line classes it taxes.
CREATE TABLE tax (
    id        INTEGER PRIMARY KEY,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL UNIQUE,
    rate      INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000),
    classes   TEXT NOT NULL
) STRICT;

-- Document numbers without gaps: taken inside the transaction that writes the document.
CREATE TABLE number (
    name  TEXT PRIMARY KEY,
    next  INTEGER NOT NULL CHECK (next > 0)
) STRICT, WITHOUT ROWID;

-- What people type at the counter: folded prefixes of names, digits of phones, plates, VINs, numbers.
CREATE TABLE lookup (
    noun  TEXT NOT NULL,
    key   TEXT NOT NULL,
    id    INTEGER NOT NULL,
    PRIMARY KEY (noun, key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookup_by_id ON lookup (noun, id, key);

-- ---------------------------------------------------- user, session, audit --

CREATE TABLE role (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    says      TEXT NOT NULL DEFAULT '',
    seeded    INTEGER NOT NULL DEFAULT 0 CHECK (seeded IN (0, 1)),
    needs_second_factor INTEGER NOT NULL DEFAULT 0 CHECK (needs_second_factor IN (0, 1)),
    -- How far its people may go below the price list without the right to go further, of the price;
    -- a line's own discount, of the line; all discounts of an order, of what they are taken from.
    -- NULL: as far as they like.
    price_cap INTEGER CHECK (price_cap BETWEEN 0 AND 1000000),
    line_cap  INTEGER CHECK (line_cap BETWEEN 0 AND 1000000),
    order_cap INTEGER CHECK (order_cap BETWEEN 0 AND 1000000),
    revision  INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE role_right (
    role   INTEGER NOT NULL REFERENCES role,
    right  TEXT NOT NULL,
    scope  TEXT NOT NULL CHECK (scope IN ('own', 'all')),
    PRIMARY KEY (role, right)
) STRICT, WITHOUT ROWID;

-- People who sign in. Never deleted: documents point at them. Wrong tries are counted in `tries`.
CREATE TABLE user (
    id             INTEGER PRIMARY KEY,
    login          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name           TEXT NOT NULL,
    role           INTEGER NOT NULL REFERENCES role,
    customer       INTEGER REFERENCES customer,   -- a customer's own sign-in
    works_on_cars  INTEGER NOT NULL DEFAULT 0 CHECK (works_on_cars IN (0, 1)),
    certificate    TEXT NOT NULL DEFAULT '',      -- mechanic's certification number
    password_hash  TEXT NOT NULL,
    must_change    INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
    short_password INTEGER NOT NULL DEFAULT 0     -- long enough only beside a second factor
                   CHECK (short_password IN (0, 1)),
    badge          TEXT NOT NULL DEFAULT '',      -- what the badge's bar code reads
    pin_hash       TEXT NOT NULL DEFAULT '',      -- '' when there is none, or it was switched off
    pin_failures   INTEGER NOT NULL DEFAULT 0,    -- in a row; the tenth switches the PIN off
    price_cap      INTEGER CHECK (price_cap BETWEEN 0 AND 1000000),  -- NULL: as the role has it
    line_cap       INTEGER CHECK (line_cap BETWEEN 0 AND 1000000),
    order_cap      INTEGER CHECK (order_cap BETWEEN 0 AND 1000000),
    disabled_at    INTEGER,
    theme          TEXT NOT NULL DEFAULT '',      -- one's own settings; '' as the shop has it
    start_screen   TEXT NOT NULL DEFAULT '',
    density        TEXT NOT NULL DEFAULT 'normal' CHECK (density IN ('normal', 'wide')),
    revision       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX user_by_badge ON user (badge) WHERE badge <> '';
CREATE INDEX user_by_role ON user (role);

-- One-time codes (RFC 6238) of whoever uses them. On from the first right code.
CREATE TABLE second_factor (
    user         INTEGER PRIMARY KEY REFERENCES user,
    seed_secret  TEXT NOT NULL,
    last_step    INTEGER NOT NULL DEFAULT 0,      -- of the latest code taken: each counts once
    made_at      INTEGER NOT NULL,
    on_at        INTEGER                          -- NULL: shown, but not yet proved by a code
) STRICT;

-- While the keys change (pitlane rekey), nobody who still has the old ones alone seals with them: what
-- he wrote would be lost when they are thrown away.
CREATE TRIGGER second_factor_seed_secret_is_new BEFORE INSERT ON second_factor
WHEN new.seed_secret <> '' AND CAST(new.seed_secret AS INTEGER) < (SELECT data_key FROM shop)
BEGIN
    SELECT RAISE(ABORT, 'The shop''s keys were changed. Leave the program and start it again.');
END;
CREATE TRIGGER second_factor_seed_secret_stays_new BEFORE UPDATE OF seed_secret ON second_factor
WHEN new.seed_secret <> '' AND CAST(new.seed_secret AS INTEGER) < (SELECT data_key FROM shop)
BEGIN
    SELECT RAISE(ABORT, 'The shop''s keys were changed. Leave the program and start it again.');
END;

-- Codes for the day the telephone is lost; each works once.
CREATE TABLE recovery_code (
    id         INTEGER PRIMARY KEY,
    user       INTEGER NOT NULL REFERENCES user,
    code_hash  TEXT NOT NULL,                     -- keyed digest
    used_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX recovery_code_by_user ON recovery_code (user, code_hash);

-- Wrong passwords, codes and PINs in a row, by place and by person. The place '' stands for all places
-- a person does not know. Below 0, `who` is a digest of a name that nobody has.
CREATE TABLE tries (
    id             INTEGER PRIMARY KEY,
    place          TEXT NOT NULL,
    who            INTEGER NOT NULL CHECK (who <> 0),
    failures       INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    by_pin         INTEGER NOT NULL DEFAULT 0     -- how many of them were wrong PINs
                   CHECK (by_pin BETWEEN 0 AND failures),
    latest_at      INTEGER,                       -- of the latest failure
    wait_until_at  INTEGER,
    known_at       INTEGER,                       -- this person signed in here; NULL: never
    UNIQUE (place, who)
) STRICT;
CREATE INDEX tries_by_who ON tries (who);

-- Terminals that have shown who they are: a kiosk holds a secret in a file of its machine, kept here
-- hashed. Only on an enrolled kiosk a PIN is enough.
CREATE TABLE terminal (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('counter', 'kiosk', 'ssh')),
    token_hash   TEXT NOT NULL UNIQUE,
    enrolled_at  INTEGER NOT NULL,
    enrolled_by  INTEGER NOT NULL REFERENCES user,
    seen_at      INTEGER,
    ended_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX terminal_by_name ON terminal (name) WHERE ended_at IS NULL;

-- A sign-in, from its beginning to its end. Access tokens name it; it is asked at every operation.
CREATE TABLE session (
    id            INTEGER PRIMARY KEY,
    user          INTEGER NOT NULL REFERENCES user,
    terminal      TEXT NOT NULL,
    place         TEXT NOT NULL DEFAULT '',       -- "pts/3, account 1000, from 10.0.0.7"
    factor        TEXT NOT NULL CHECK (factor IN ('password', 'code', 'recovery', 'pin')),
    started_at    INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,               -- at the latest, however busy
    confirmed_at  INTEGER,                        -- the password was shown again
    ended_at      INTEGER,
    ended_why     TEXT NOT NULL DEFAULT ''
                  CHECK (ended_why IN ('', 'signed_out', 'ended', 'disabled', 'password', 'replaced',
                                       'reused'))
) STRICT;
CREATE INDEX session_by_user ON session (user, ended_at);
CREATE INDEX session_open ON session (ends_at) WHERE ended_at IS NULL;

-- Refresh tokens, hashed. Each is used once and replaced by its successor; a second use later than
-- the grace period ends the session (RFC 9700 section 4.14.2).
CREATE TABLE refresh_token (
    id                INTEGER PRIMARY KEY,
    session           INTEGER NOT NULL REFERENCES session,
    token_hash        TEXT NOT NULL UNIQUE,
    parent            INTEGER UNIQUE REFERENCES refresh_token ON DELETE SET NULL,
    made_at           INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    used_at           INTEGER,
    successor_secret  TEXT NOT NULL DEFAULT ''    -- sealed, for whom the reply was lost
) STRICT;
CREATE INDEX refresh_token_by_expiry ON refresh_token (expires_at);
CREATE TRIGGER refresh_token_successor_secret_is_new BEFORE INSERT ON refresh_token
WHEN new.successor_secret <> ''
    AND CAST(new.successor_secret AS INTEGER) < (SELECT data_key FROM shop)
BEGIN
    SELECT RAISE(ABORT, 'The shop''s keys were changed. Leave the program and start it again.');
END;
CREATE TRIGGER refresh_token_successor_secret_stays_new
BEFORE UPDATE OF successor_secret ON refresh_token
WHEN new.successor_secret <> ''
    AND CAST(new.successor_secret AS INTEGER) < (SELECT data_key FROM shop)
BEGIN
    SELECT RAISE(ABORT, 'The shop''s keys were changed. Leave the program and start it again.');
END;

-- Who did what, from where, with every row before and after. Append-only; each row's mac is keyed,
-- over the row and the mac before it, and the numbers have no gap. What is long comes last, so that
-- lists and the chain need not read past it.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    at         INTEGER NOT NULL,
    user       INTEGER REFERENCES user,
    user_name  TEXT NOT NULL DEFAULT '',
    session    INTEGER,
    terminal   TEXT NOT NULL,
    place      TEXT NOT NULL DEFAULT '',         -- tty, account of the machine, far address
    factor     TEXT NOT NULL DEFAULT '',         -- how the person had shown who he is
    op         TEXT NOT NULL,                    -- an operation, or an event that is none
    result     TEXT NOT NULL,                    -- a status word
    noun       TEXT NOT NULL DEFAULT '',         -- what it was about: "invoice" …
    subject    INTEGER,                          -- … and which
    mac        TEXT NOT NULL CHECK (length(mac) = 64),
    input      TEXT NOT NULL DEFAULT '{}',
    changes    TEXT NOT NULL DEFAULT '[]'
) STRICT;
-- Every filter of the log and every combination of them walks one of these, newest first. What was
-- refused is rare: its indexes cost the others nothing.
CREATE INDEX audit_by_at ON audit (at);
CREATE INDEX audit_by_user ON audit (user, at);
CREATE INDEX audit_by_op ON audit (op, at);
CREATE INDEX audit_by_user_op ON audit (user, op, at);
CREATE INDEX audit_by_kind ON audit (substr(op, 1, instr(op, '.') - 1), at); -- all of invoice.…
CREATE INDEX audit_by_subject ON audit (noun, subject, at) WHERE subject IS NOT NULL;
CREATE INDEX audit_refused ON audit (at) WHERE result <> 'ok';
CREATE INDEX audit_refused_by_user ON audit (user, at) WHERE result <> 'ok';
CREATE INDEX audit_refused_by_op ON audit (op, at) WHERE result <> 'ok';
CREATE INDEX audit_refused_by_user_op ON audit (user, op, at) WHERE result <> 'ok';

-- Signed statements that the log up to a row was so and not otherwise; copies leave the machine on
-- paper and with backups.
CREATE TABLE audit_checkpoint (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    audit      INTEGER NOT NULL REFERENCES audit,  -- the last row it covers
    count      INTEGER NOT NULL,
    head       TEXT NOT NULL,                      -- that row's mac
    entry      INTEGER NOT NULL,                   -- the last ledger entry it covers, 0 for none
    books      TEXT NOT NULL,                      -- digest of the trial balance up to there
    signature  TEXT NOT NULL                       -- Ed25519, base64url
) STRICT;
CREATE INDEX audit_checkpoint_by_audit ON audit_checkpoint (audit);

-- Commands that must happen at most once, with what they answered.
CREATE TABLE command (
    id      TEXT PRIMARY KEY,
    op      TEXT NOT NULL,
    digest  TEXT NOT NULL,
    result  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------- customer --

CREATE TABLE customer (
    id                INTEGER PRIMARY KEY,
    first_name        TEXT NOT NULL DEFAULT '',
    last_name         TEXT NOT NULL DEFAULT '',
    company           TEXT NOT NULL DEFAULT '',
    name              TEXT NOT NULL,                 -- "Delgado, Maria" or the company; written by the domain
    name_key          TEXT NOT NULL,                 -- folded, for sorting
    email             TEXT NOT NULL DEFAULT '',
    preferred_contact TEXT NOT NULL DEFAULT 'phone'
                      CHECK (preferred_contact IN ('phone', 'text', 'email', 'none')),
    text_consent      INTEGER NOT NULL DEFAULT 0 CHECK (text_consent IN (0, 1)),
    email_consent     INTEGER NOT NULL DEFAULT 0 CHECK (email_consent IN (0, 1)),
    consent_at        INTEGER,
    consent_by        INTEGER REFERENCES user,
    tax_exempt        INTEGER NOT NULL DEFAULT 0 CHECK (tax_exempt IN (0, 1)),
    exempt_certificate TEXT NOT NULL DEFAULT '',
    exempt_kind       TEXT NOT NULL DEFAULT '',
    exempt_until_on   TEXT,
    terms_days        INTEGER NOT NULL DEFAULT 0 CHECK (terms_days BETWEEN 0 AND 365),
    credit_limit      INTEGER CHECK (credit_limit >= 0),  -- of what is on account; NULL: none
    on_hold           INTEGER NOT NULL DEFAULT 0 CHECK (on_hold IN (0, 1)),
    hold_reason       TEXT NOT NULL DEFAULT '',
    late_fee_exempt   INTEGER NOT NULL DEFAULT 0 CHECK (late_fee_exempt IN (0, 1)),
    rate_class        INTEGER REFERENCES rate_class,
    authorized_person TEXT NOT NULL DEFAULT '',      -- named by the customer: may authorize work, too
    authorized_phone  TEXT NOT NULL DEFAULT '',      -- E.164
    referral          TEXT NOT NULL DEFAULT '',
    note              TEXT NOT NULL DEFAULT '',
    external_number   TEXT NOT NULL DEFAULT '',      -- in the system it was imported from
    owes              INTEGER NOT NULL DEFAULT 0,    -- open invoices, cents; = receivables of the ledger
    credit            INTEGER NOT NULL DEFAULT 0,    -- unapplied payments, cents
    last_visit_on     TEXT,
    archived_at       INTEGER,
    merged_into       INTEGER REFERENCES customer,
    created_at        INTEGER NOT NULL,
    revision          INTEGER NOT NULL DEFAULT 1,
    CHECK ((on_hold = 1) = (hold_reason <> ''))
) STRICT;
CREATE INDEX customer_by_name ON customer (name_key, id);
CREATE INDEX customer_by_last_visit ON customer (ifnull(last_visit_on, ''), id);
CREATE INDEX customer_by_owes ON customer (owes, id);
CREATE INDEX customer_by_external ON customer (external_number) WHERE external_number <> '';
CREATE INDEX customer_by_merge ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_in_credit ON customer (id) WHERE credit <> 0;
CREATE INDEX customer_with_balance ON customer (name_key, id) WHERE owes <> 0 OR credit <> 0;

CREATE TABLE phone (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customer,
    position  INTEGER NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('mobile', 'home', 'work', 'fax', 'other')),
    number    TEXT NOT NULL,                         -- E.164
    note      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX phone_by_customer ON phone (customer, position);
CREATE INDEX phone_by_number ON phone (number);

CREATE TABLE address (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customer,
    position  INTEGER NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('billing', 'home', 'work', 'other')),
    street    TEXT NOT NULL DEFAULT '',
    city      TEXT NOT NULL DEFAULT '',
    state     TEXT NOT NULL DEFAULT '',
    zip       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX address_by_customer ON address (customer, position);

-- Communication log. Append-only.
CREATE TABLE contact (
    id            INTEGER PRIMARY KEY,
    customer      INTEGER NOT NULL REFERENCES customer,
    repair_order  INTEGER REFERENCES repair_order,
    at            INTEGER NOT NULL,
    user          INTEGER REFERENCES user,
    channel       TEXT NOT NULL CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'mail', 'note')),
    direction     TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    summary       TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_customer ON contact (customer, at);

-- ---------------------------------------------------------------- vehicle --

CREATE TABLE vehicle (
    id               INTEGER PRIMARY KEY,
    customer         INTEGER NOT NULL REFERENCES customer,   -- present owner
    vin              TEXT NOT NULL DEFAULT '',
    vin_note         TEXT NOT NULL DEFAULT '',               -- why the number is doubtful, '' when it is not
    plate            TEXT NOT NULL DEFAULT '',
    plate_state      TEXT NOT NULL DEFAULT '',
    unit_number      TEXT NOT NULL DEFAULT '',
    year             INTEGER CHECK (year BETWEEN 1885 AND 2100),
    make             TEXT NOT NULL DEFAULT '',
    model            TEXT NOT NULL DEFAULT '',
    trim             TEXT NOT NULL DEFAULT '',
    body             TEXT NOT NULL DEFAULT '',
    engine           TEXT NOT NULL DEFAULT '',
    transmission     TEXT NOT NULL DEFAULT '',
    drive            TEXT NOT NULL DEFAULT '',
    color            TEXT NOT NULL DEFAULT '',
    rate_class       INTEGER REFERENCES rate_class,          -- labor on it, where no line or job says
    note             TEXT NOT NULL DEFAULT '',
    name             TEXT NOT NULL,                          -- "2014 Honda Accord EX-L"; written by the domain
    name_key         TEXT NOT NULL,
    odometer_mi      INTEGER CHECK (odometer_mi BETWEEN 0 AND 9999999),  -- latest reading
    odometer_on      TEXT,
    external_number  TEXT NOT NULL DEFAULT '',
    archived_at      INTEGER,
    revision         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX vehicle_by_customer ON vehicle (customer, id);
CREATE INDEX vehicle_by_name ON vehicle (name_key, id);
CREATE INDEX vehicle_by_vin ON vehicle (vin) WHERE vin <> '';
CREATE INDEX vehicle_by_plate ON vehicle (plate) WHERE plate <> '';

-- Where plates are from, as the codes of USPS Publication 28, of Canada Post and of ISO 3166-2:MX name
-- them. Written here and nowhere else; a vehicle's plate_state is one of these codes or ''.
CREATE TABLE plate_state (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    name_key  TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO plate_state (code, name, name_key) VALUES
    ('AL', 'Alabama', 'alabama'),
    ('AK', 'Alaska', 'alaska'),
    ('AZ', 'Arizona', 'arizona'),
    ('AR', 'Arkansas', 'arkansas'),
    ('CA', 'California', 'california'),
    ('CO', 'Colorado', 'colorado'),
    ('CT', 'Connecticut', 'connecticut'),
    ('DE', 'Delaware', 'delaware'),
    ('DC', 'District of Columbia', 'district of columbia'),
    ('FL', 'Florida', 'florida'),
    ('GA', 'Georgia', 'georgia'),
    ('HI', 'Hawaii', 'hawaii'),
    ('ID', 'Idaho', 'idaho'),
    ('IL', 'Illinois', 'illinois'),
    ('IN', 'Indiana', 'indiana'),
    ('IA', 'Iowa', 'iowa'),
    ('KS', 'Kansas', 'kansas'),
    ('KY', 'Kentucky', 'kentucky'),
    ('LA', 'Louisiana', 'louisiana'),
    ('ME', 'Maine', 'maine'),
    ('MD', 'Maryland', 'maryland'),
    ('MA', 'Massachusetts', 'massachusetts'),
    ('MI', 'Michigan', 'michigan'),
    ('MN', 'Minnesota', 'minnesota'),
    ('MS', 'Mississippi', 'mississippi'),
    ('MO', 'Missouri', 'missouri'),
    ('MT', 'Montana', 'montana'),
    ('NE', 'Nebraska', 'nebraska'),
    ('NV', 'Nevada', 'nevada'),
    ('NH', 'New Hampshire', 'new hampshire'),
    ('NJ', 'New Jersey', 'new jersey'),
    ('NM', 'New Mexico', 'new mexico'),
    ('NY', 'New York', 'new york'),
    ('NC', 'North Carolina', 'north carolina'),
    ('ND', 'North Dakota', 'north dakota'),
    ('OH', 'Ohio', 'ohio'),
    ('OK', 'Oklahoma', 'oklahoma'),
    ('OR', 'Oregon', 'oregon'),
    ('PA', 'Pennsylvania', 'pennsylvania'),
    ('RI', 'Rhode Island', 'rhode island'),
    ('SC', 'South Carolina', 'south carolina'),
    ('SD', 'South Dakota', 'south dakota'),
    ('TN', 'Tennessee', 'tennessee'),
    ('TX', 'Texas', 'texas'),
    ('UT', 'Utah', 'utah'),
    ('VT', 'Vermont', 'vermont'),
    ('VA', 'Virginia', 'virginia'),
    ('WA', 'Washington', 'washington'),
    ('WV', 'West Virginia', 'west virginia'),
    ('WI', 'Wisconsin', 'wisconsin'),
    ('WY', 'Wyoming', 'wyoming'),
    ('AS', 'American Samoa', 'american samoa'),
    ('GU', 'Guam', 'guam'),
    ('MP', 'Northern Mariana Islands', 'northern mariana islands'),
    ('PR', 'Puerto Rico', 'puerto rico'),
    ('VI', 'U.S. Virgin Islands', 'u s virgin islands'),
    ('US', 'U.S. Government', 'u s government'),
    ('AB', 'Alberta', 'alberta'),
    ('BC', 'British Columbia', 'british columbia'),
    ('MB', 'Manitoba', 'manitoba'),
    ('NB', 'New Brunswick', 'new brunswick'),
    ('NL', 'Newfoundland and Labrador', 'newfoundland and labrador'),
    ('NS', 'Nova Scotia', 'nova scotia'),
    ('NT', 'Northwest Territories', 'northwest territories'),
    ('NU', 'Nunavut', 'nunavut'),
    ('ON', 'Ontario', 'ontario'),
    ('PE', 'Prince Edward Island', 'prince edward island'),
    ('QC', 'Québec', 'quebec'),
    ('SK', 'Saskatchewan', 'saskatchewan'),
    ('YT', 'Yukon', 'yukon'),
    ('AGU', 'Aguascalientes', 'aguascalientes'),
    ('BCN', 'Baja California', 'baja california'),
    ('BCS', 'Baja California Sur', 'baja california sur'),
    ('CAM', 'Campeche', 'campeche'),
    ('CHP', 'Chiapas', 'chiapas'),
    ('CHH', 'Chihuahua', 'chihuahua'),
    ('CMX', 'Ciudad de México', 'ciudad de mexico'),
    ('COA', 'Coahuila', 'coahuila'),
    ('COL', 'Colima', 'colima'),
    ('DUR', 'Durango', 'durango'),
    ('GUA', 'Guanajuato', 'guanajuato'),
    ('GRO', 'Guerrero', 'guerrero'),
    ('HID', 'Hidalgo', 'hidalgo'),
    ('JAL', 'Jalisco', 'jalisco'),
    ('MEX', 'Estado de México', 'estado de mexico'),
    ('MIC', 'Michoacán', 'michoacan'),
    ('MOR', 'Morelos', 'morelos'),
    ('NAY', 'Nayarit', 'nayarit'),
    ('NLE', 'Nuevo León', 'nuevo leon'),
    ('OAX', 'Oaxaca', 'oaxaca'),
    ('PUE', 'Puebla', 'puebla'),
    ('QUE', 'Querétaro', 'queretaro'),
    ('ROO', 'Quintana Roo', 'quintana roo'),
    ('SLP', 'San Luis Potosí', 'san luis potosi'),
    ('SIN', 'Sinaloa', 'sinaloa'),
    ('SON', 'Sonora', 'sonora'),
    ('TAB', 'Tabasco', 'tabasco'),
    ('TAM', 'Tamaulipas', 'tamaulipas'),
    ('TLA', 'Tlaxcala', 'tlaxcala'),
    ('VER', 'Veracruz', 'veracruz'),
    ('YUC', 'Yucatán', 'yucatan'),
    ('ZAC', 'Zacatecas', 'zacatecas'),
    ('MX', 'Mexico, state not known', 'mexico state not known'),
    ('OTHER', 'Another country', 'another country');

CREATE TABLE vehicle_owner (
    id        INTEGER PRIMARY KEY,
    vehicle   INTEGER NOT NULL REFERENCES vehicle,
    customer  INTEGER NOT NULL REFERENCES customer,
    since_on  TEXT NOT NULL,
    until_on  TEXT
) STRICT;
CREATE INDEX vehicle_owner_by_vehicle ON vehicle_owner (vehicle, since_on);
CREATE INDEX vehicle_owner_by_customer ON vehicle_owner (customer);

-- Odometer readings. Append-only; one below an earlier one needs a reason.
CREATE TABLE odometer (
    id            INTEGER PRIMARY KEY,
    vehicle       INTEGER NOT NULL REFERENCES vehicle,
    read_on       TEXT NOT NULL,
    miles         INTEGER NOT NULL CHECK (miles BETWEEN 0 AND 9999999),
    source        TEXT NOT NULL CHECK (source IN ('order', 'import', 'hand')),
    repair_order  INTEGER REFERENCES repair_order,
    reason        TEXT NOT NULL DEFAULT '',
    user          INTEGER REFERENCES user
) STRICT;
CREATE INDEX odometer_by_vehicle ON odometer (vehicle, read_on);

-- ------------------------------------------- labor rates, parts, canned jobs --

CREATE TABLE rate_class (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    rate      INTEGER NOT NULL CHECK (rate >= 0),            -- cents an hour
    standard  INTEGER NOT NULL DEFAULT 0 CHECK (standard IN (0, 1)),
    archived_at INTEGER,
    revision  INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX rate_class_standard ON rate_class (standard) WHERE standard = 1;

-- What the hours of a labor line make of its rate: one matrix of the shop (neither customer nor
-- rate_class), others of a labor rate or of a customer.
CREATE TABLE labor_matrix (
    id          INTEGER PRIMARY KEY,
    customer    INTEGER REFERENCES customer,
    rate_class  INTEGER REFERENCES rate_class,
    revision    INTEGER NOT NULL DEFAULT 1,
    CHECK (customer IS NULL OR rate_class IS NULL)
) STRICT;
CREATE UNIQUE INDEX labor_matrix_by_customer ON labor_matrix (customer) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX labor_matrix_by_class ON labor_matrix (ifnull(rate_class, 0))
    WHERE customer IS NULL;

-- One tier: from these hours to below those. Together they leave no gap; the domain sees to it.
CREATE TABLE labor_tier (
    id            INTEGER PRIMARY KEY,
    labor_matrix  INTEGER NOT NULL REFERENCES labor_matrix,
    hours_from    INTEGER NOT NULL CHECK (hours_from >= 0),       -- thousandths
    hours_to      INTEGER CHECK (hours_to > hours_from),          -- NULL: no end
    multiplier    INTEGER CHECK (multiplier > 0),                 -- thousandths of the rate; or
    rate          INTEGER CHECK (rate > 0),                       -- cents an hour
    CHECK ((multiplier IS NULL) <> (rate IS NULL)),
    UNIQUE (labor_matrix, hours_from)
) STRICT;

-- Who sells to the shop.
CREATE TABLE vendor (
    id              INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    name_key        TEXT NOT NULL,
    account_number  TEXT NOT NULL DEFAULT '',      -- the shop's number with them
    contact         TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',      -- E.164
    email           TEXT NOT NULL DEFAULT '',      -- where orders go
    website         TEXT NOT NULL DEFAULT '',
    street          TEXT NOT NULL DEFAULT '',
    city            TEXT NOT NULL DEFAULT '',
    state           TEXT NOT NULL DEFAULT '',
    zip             TEXT NOT NULL DEFAULT '',
    terms_days      INTEGER NOT NULL DEFAULT 30 CHECK (terms_days BETWEEN 0 AND 365),
    lead_days       INTEGER NOT NULL DEFAULT 1 CHECK (lead_days BETWEEN 0 AND 365),
    note            TEXT NOT NULL DEFAULT '',
    owes            INTEGER NOT NULL DEFAULT 0,    -- what the shop owes them: open bills less credits
    archived_at     INTEGER,
    revision        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX vendor_by_name ON vendor (name_key, id);

-- The catalog. on_hand and stock_value move only with stock_move rows, by their trigger. Parts are
-- never deleted: discontinued says that no more are bought, archived_at that none is sold either.
CREATE TABLE part (
    id             INTEGER PRIMARY KEY,
    sku            TEXT NOT NULL UNIQUE,
    upc            TEXT NOT NULL DEFAULT '',       -- UPC-A as 12 digits, EAN and GTIN as printed
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL,
    category       TEXT NOT NULL DEFAULT '',
    bin            TEXT NOT NULL DEFAULT '',       -- the main one; quantities by bin are part_bin's
    condition      TEXT NOT NULL DEFAULT 'new'
                   CHECK (condition IN ('new', 'used', 'rebuilt', 'reconditioned')),
    cost           INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),   -- last cost a unit
    price          INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),  -- list
    core           INTEGER NOT NULL DEFAULT 0 CHECK (core >= 0),
    taxable        INTEGER NOT NULL DEFAULT 1 CHECK (taxable IN (0, 1)),
    whole          INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)),  -- sold by the piece only
    on_hand        INTEGER NOT NULL DEFAULT 0,                     -- thousandths
    stock_value    INTEGER NOT NULL DEFAULT 0,                     -- cents
    low            INTEGER NOT NULL DEFAULT 0 CHECK (low >= 0),    -- thousandths
    high           INTEGER NOT NULL DEFAULT 0 CHECK (high >= 0),
    moved_on       TEXT,                                           -- last movement
    counted_on     TEXT,                                           -- last count posted
    abc            TEXT NOT NULL DEFAULT 'none' CHECK (abc IN ('none', 'A', 'B', 'C')),
    superseded_by  INTEGER REFERENCES part CHECK (superseded_by <> id),
    discontinued   INTEGER NOT NULL DEFAULT 0 CHECK (discontinued IN (0, 1)),
    tire_size      TEXT NOT NULL DEFAULT '',       -- "225/45R17": the part is a tire
    tire_load      TEXT NOT NULL DEFAULT '',       -- load index: "94", "121/118"
    tire_speed     TEXT NOT NULL DEFAULT '',       -- speed symbol: "W"
    picture        TEXT NOT NULL DEFAULT '',       -- path of a photo
    document       TEXT NOT NULL DEFAULT '',       -- path of a data sheet
    archived_at    INTEGER,
    revision       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX part_by_name ON part (name_key, id);
CREATE INDEX part_by_upc ON part (upc) WHERE upc <> '';
-- What may be short: these few, and what is committed or on order, are all the alerts look at.
CREATE INDEX part_low ON part (on_hand - low) WHERE low > 0;
CREATE INDEX part_below_zero ON part (id) WHERE on_hand < 0;
CREATE INDEX part_by_movement ON part (moved_on) WHERE moved_on IS NOT NULL;
CREATE INDEX part_over ON part (on_hand - high) WHERE high > 0;
CREATE INDEX part_by_count ON part (abc, counted_on) WHERE abc <> 'none';

-- Who sells a part, in order of preference from 1.
CREATE TABLE part_vendor (
    id        INTEGER PRIMARY KEY,
    part      INTEGER NOT NULL REFERENCES part,
    vendor    INTEGER NOT NULL REFERENCES vendor,
    position  INTEGER NOT NULL,
    number    TEXT NOT NULL DEFAULT '',                            -- the vendor's number for it
    cost      INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),        -- a unit
    pack      INTEGER NOT NULL DEFAULT 1000 CHECK (pack > 0),      -- sold in so many, thousandths
    UNIQUE (part, vendor)
) STRICT;
CREATE UNIQUE INDEX part_vendor_by_part ON part_vendor (part, position);
CREATE INDEX part_vendor_by_number ON part_vendor (vendor, number, part);

-- Where a part lies, and how much of it there: the sums of its movements by bin.
CREATE TABLE part_bin (
    part     INTEGER NOT NULL REFERENCES part,
    bin      TEXT NOT NULL,                                        -- '': nobody has said where
    on_hand  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (part, bin)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_bin_by_bin ON part_bin (bin, part);

-- Stock movements. Append-only, and the only truth: sums of quantity and value are the part's
-- on_hand and stock_value, sums by bin its part_bin rows. Each names its document.
CREATE TABLE stock_move (
    id        INTEGER PRIMARY KEY,
    part      INTEGER NOT NULL REFERENCES part,
    at        INTEGER NOT NULL,
    moved_on  TEXT NOT NULL,                                       -- the day the ledger has it on
    kind      TEXT NOT NULL CHECK (kind = 'receive' OR kind = 'issue' OR kind = 'return'
                                           OR kind = 'adjust' OR kind = 'count'
                                           OR kind = 'transfer' OR kind = 'core'
                                           OR kind = 'recost'),
    bin       TEXT NOT NULL DEFAULT '',
    quantity  INTEGER NOT NULL,                                    -- signed thousandths
    value     INTEGER NOT NULL,                                    -- signed cents
    line      INTEGER,                            -- of a repair order, pulled for it or put back; no
                                                  -- reference, so that lines can be taken off later
    invoice   INTEGER REFERENCES invoice DEFERRABLE INITIALLY DEFERRED,  -- parts leave before it is written
    receipt   INTEGER REFERENCES receipt DEFERRABLE INITIALLY DEFERRED,
    claim     INTEGER REFERENCES claim DEFERRABLE INITIALLY DEFERRED,    -- sent back to the vendor
    count     INTEGER REFERENCES stock_count,
    reason    TEXT NOT NULL DEFAULT '',
    user      INTEGER REFERENCES user,
    CHECK (kind <> 'transfer' OR value = 0),
    CHECK (kind <> 'recost' OR quantity = 0)
) STRICT;
CREATE INDEX stock_move_by_part ON stock_move (part, id);
CREATE INDEX stock_move_by_day ON stock_move (moved_on);
-- Every new invoice is looked up here: SQLite sees whether a part left for it before it was written.
CREATE INDEX stock_move_by_invoice ON stock_move (invoice) WHERE invoice IS NOT NULL;
CREATE INDEX stock_move_by_line ON stock_move (line) WHERE line IS NOT NULL;

CREATE TRIGGER stock_move_moves AFTER INSERT ON stock_move
BEGIN
    UPDATE part
    SET on_hand = on_hand + new.quantity, stock_value = stock_value + new.value
    WHERE id = new.part;
    UPDATE part
    SET moved_on = new.moved_on
    WHERE id = new.part AND moved_on IS NOT new.moved_on
    AND new.quantity <> 0 AND new.kind <> 'transfer';
    INSERT INTO part_bin (part, bin, on_hand) VALUES (new.part, new.bin, new.quantity)
    ON CONFLICT (part, bin) DO UPDATE SET on_hand = on_hand + excluded.on_hand;
END;
-- Pulled for a line, and put back from it.
CREATE TRIGGER stock_move_pulls AFTER INSERT ON stock_move
WHEN new.line IS NOT NULL AND new.invoice IS NULL
BEGIN
    UPDATE line
    SET pulled = pulled - new.quantity, pulled_value = pulled_value - new.value
    WHERE id = new.line;
END;

CREATE TABLE canned_job (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,                              -- what the counter types: "OIL"
    title       TEXT NOT NULL,
    title_key   TEXT NOT NULL,
    concern     TEXT NOT NULL DEFAULT '',
    correction  TEXT NOT NULL DEFAULT '',
    menu_price  INTEGER CHECK (menu_price > 0),                    -- all of it; NULL: as its lines come to
    archived_at INTEGER,
    revision    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX canned_job_by_title ON canned_job (title_key, id);

CREATE TABLE canned_line (
    id           INTEGER PRIMARY KEY,
    canned_job   INTEGER NOT NULL REFERENCES canned_job,
    position     INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('labor', 'part', 'core', 'sublet', 'fee', 'hazmat', 'tire_fee')),
    description  TEXT NOT NULL,
    part         INTEGER REFERENCES part,                          -- NULL on a part line: to be chosen
    rate_class   INTEGER REFERENCES rate_class,
    quantity     INTEGER NOT NULL DEFAULT 1000 CHECK (quantity >= 0),  -- hours or units
    price        INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),    -- 0 on labor and catalog parts: today's
    cost         INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),
    taxable      INTEGER NOT NULL DEFAULT 1 CHECK (taxable IN (0, 1))
) STRICT;
CREATE INDEX canned_line_by_job ON canned_line (canned_job, position);

-- ----------------------------------------------------------------- matrix --

-- What a catalog part is sold for, by what it costs: one matrix of the shop (no customer, category
-- ''), others of a category or of a customer.
CREATE TABLE matrix (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER REFERENCES customer,
    category  TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    rounding  TEXT NOT NULL DEFAULT 'cent' CHECK (rounding IN ('cent', '95', '99')),
    revision  INTEGER NOT NULL DEFAULT 1,
    CHECK (customer IS NULL OR category = '')
) STRICT;
CREATE UNIQUE INDEX matrix_by_customer ON matrix (customer) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX matrix_by_category ON matrix (category) WHERE customer IS NULL;

-- One tier: from this unit cost to below that one. Together they leave no gap; the domain sees to it.
CREATE TABLE matrix_tier (
    id          INTEGER PRIMARY KEY,
    matrix      INTEGER NOT NULL REFERENCES matrix,
    cost_from   INTEGER NOT NULL CHECK (cost_from >= 0),
    cost_to     INTEGER CHECK (cost_to > cost_from),              -- NULL: no end
    multiplier  INTEGER CHECK (multiplier > 0),                   -- thousandths; or
    gp_ppm      INTEGER CHECK (gp_ppm BETWEEN 0 AND 999999),      -- price = cost / (1 - GP)
    CHECK ((multiplier IS NULL) <> (gp_ppm IS NULL)),
    UNIQUE (matrix, cost_from)
) STRICT;

-- What was agreed with a customer for a part, or for all of a category, on these days.
CREATE TABLE contract (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customer,
    part      INTEGER REFERENCES part,
    category  TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    price     INTEGER CHECK (price > 0),                       -- fixed, a unit; or
    off_ppm   INTEGER CHECK (off_ppm BETWEEN 1 AND 999999),    -- off the list price
    from_on   TEXT,                                            -- first and last day; NULL: no limit
    until_on  TEXT CHECK (until_on >= from_on),
    revision  INTEGER NOT NULL DEFAULT 1,
    CHECK ((part IS NULL) <> (category = '')),
    CHECK ((price IS NULL) <> (off_ppm IS NULL))
) STRICT;
CREATE INDEX contract_by_customer ON contract (customer, part, category);

-- ----------------------------------------------------------------- coupon --

-- A discount on the whole of an order that is taken with a code, within limits.
CREATE TABLE coupon (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE,
    title           TEXT NOT NULL,
    percent         INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 1000000),
    amount          INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
    applies_to      TEXT NOT NULL CHECK (applies_to IN ('labor', 'parts', 'all')),
    from_on         TEXT,                                   -- first and last day; NULL: no limit
    until_on        TEXT CHECK (until_on >= from_on),
    minimum         INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),         -- sale before discounts
    use_limit       INTEGER NOT NULL DEFAULT 0 CHECK (use_limit >= 0),       -- orders in all; 0: any
    customer_limit  INTEGER NOT NULL DEFAULT 0 CHECK (customer_limit >= 0),  -- of one customer
    stackable       INTEGER NOT NULL DEFAULT 0 CHECK (stackable IN (0, 1)),
    archived_at     INTEGER,
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK ((percent = 0) <> (amount = 0))
) STRICT;

-- ------------------------------------------------------------------ order --

-- A repair order; id is the RO number, given once, without gaps. state follows from its jobs and is
-- stored for the board. The totals are those of its lines, kept by the domain.
CREATE TABLE repair_order (
    id             INTEGER PRIMARY KEY,
    customer       INTEGER NOT NULL REFERENCES customer,
    vehicle        INTEGER REFERENCES vehicle,
    state          TEXT NOT NULL DEFAULT 'estimate'
                   CHECK (state = 'estimate' OR state = 'approved' OR state = 'in_progress'
                          OR state = 'hold' OR state = 'quality_check' OR state = 'complete'
                          OR state = 'posted' OR state = 'paid' OR state = 'receivable'
                          OR state = 'void'),
    hold           TEXT NOT NULL DEFAULT 'none'
                   CHECK (hold = 'none' OR hold = 'parts' OR hold = 'customer' OR hold = 'sublet'),
    writer         INTEGER REFERENCES user,
    opened_at      INTEGER NOT NULL,
    promised_at    INTEGER,
    odometer_in_mi INTEGER CHECK (odometer_in_mi BETWEEN 0 AND 9999999),
    key_tag        TEXT NOT NULL DEFAULT '',
    po_number      TEXT NOT NULL DEFAULT '',
    customer_note  TEXT NOT NULL DEFAULT '',      -- printed
    internal_note  TEXT NOT NULL DEFAULT '',      -- never printed for the customer
    labor          INTEGER NOT NULL DEFAULT 0,    -- class totals after discounts
    parts          INTEGER NOT NULL DEFAULT 0,
    sublet         INTEGER NOT NULL DEFAULT 0,
    fees           INTEGER NOT NULL DEFAULT 0,
    supplies       INTEGER NOT NULL DEFAULT 0,
    discount       INTEGER NOT NULL DEFAULT 0,
    tax            INTEGER NOT NULL DEFAULT 0,
    total          INTEGER NOT NULL DEFAULT 0,
    cost           INTEGER NOT NULL DEFAULT 0,
    authorized     INTEGER NOT NULL DEFAULT 0,    -- the total the customer has agreed to
    counter_sale   INTEGER NOT NULL DEFAULT 0 CHECK (counter_sale IN (0, 1)),  -- without a vehicle
    invoice        INTEGER REFERENCES invoice,    -- the last one: nothing is left to be invoiced
    void_reason    TEXT NOT NULL DEFAULT '',
    -- How it is to be paid: beyond a hold or limit only with a reason.
    account        TEXT NOT NULL DEFAULT 'terms'
                   CHECK (account = 'terms' OR account = 'at_once' OR account = 'beyond'),
    account_reason TEXT NOT NULL DEFAULT '',
    account_by     INTEGER REFERENCES user,
    revision       INTEGER NOT NULL DEFAULT 1,
    CHECK (account <> 'beyond' OR account_reason <> '')
) STRICT;
CREATE INDEX repair_order_by_state ON repair_order (state, id);
CREATE INDEX repair_order_by_customer ON repair_order (customer, id);
CREATE INDEX repair_order_by_vehicle ON repair_order (vehicle, id);

CREATE TABLE job (
    id                   INTEGER PRIMARY KEY,
    repair_order         INTEGER NOT NULL REFERENCES repair_order,
    position             INTEGER NOT NULL,
    title                TEXT NOT NULL,
    concern              TEXT NOT NULL DEFAULT '',
    cause                TEXT NOT NULL DEFAULT '',
    correction           TEXT NOT NULL DEFAULT '',
    state                TEXT NOT NULL DEFAULT 'draft'
                         CHECK (state IN ('draft', 'presented', 'authorized', 'declined', 'deferred',
                                          'in_progress', 'done')),
    needs_authorization  INTEGER NOT NULL DEFAULT 0 CHECK (needs_authorization IN (0, 1)),
    -- Who pays: another than the customer sees every price and owes nothing; what it costs is then
    -- an expense of the shop's own (internal) or of its warranty.
    pay                  TEXT NOT NULL DEFAULT 'customer'
                         CHECK (pay = 'customer' OR pay = 'internal' OR pay = 'warranty'),
    pay_reason           TEXT NOT NULL DEFAULT '',
    technician           INTEGER REFERENCES user,
    canned_job           INTEGER REFERENCES canned_job,
    rate_class           INTEGER REFERENCES rate_class,      -- of its labor, where no line says
    menu_price           INTEGER CHECK (menu_price > 0),     -- what its menu lines come to together
    authorized           INTEGER NOT NULL DEFAULT 0,   -- amount agreed to for this job, before tax
    amount               INTEGER NOT NULL DEFAULT 0,   -- its lines after discounts
    reason               TEXT NOT NULL DEFAULT '',     -- why declined or deferred
    decided_on           TEXT,
    deferred_until_on    TEXT,
    deferred_until_mi    INTEGER,
    safety               INTEGER NOT NULL DEFAULT 0 CHECK (safety IN (0, 1)),
    resolved             TEXT NOT NULL DEFAULT 'open' CHECK (resolved IN ('open', 'added', 'not_needed')),
    source               INTEGER REFERENCES job,       -- the declined job of an earlier visit it was made from
    comeback_of          INTEGER REFERENCES job,       -- the invoiced job that it does again
    invoice              INTEGER REFERENCES invoice,   -- the one it is on; found by the order
    started_at           INTEGER,
    done_at              INTEGER
) STRICT;
CREATE INDEX job_by_order ON job (repair_order, position);
CREATE INDEX job_by_technician ON job (technician, state);
CREATE INDEX job_by_comeback ON job (comeback_of) WHERE comeback_of IS NOT NULL;
CREATE INDEX job_by_source ON job (source) WHERE source IS NOT NULL;

CREATE TABLE line (
    id           INTEGER PRIMARY KEY,
    job          INTEGER NOT NULL REFERENCES job,
    position     INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind = 'labor' OR kind = 'part' OR kind = 'core'
                                              OR kind = 'sublet' OR kind = 'fee' OR kind = 'hazmat'
                                              OR kind = 'tire_fee'),
    description  TEXT NOT NULL,
    part         INTEGER REFERENCES part,
    technician   INTEGER REFERENCES user,
    rate_class   INTEGER REFERENCES rate_class,
    clocked      INTEGER NOT NULL DEFAULT 0 CHECK (clocked IN (0, 1)),  -- labor by clocked hours
    quantity     INTEGER NOT NULL CHECK (quantity >= 0),                -- hours or units, thousandths
    price        INTEGER NOT NULL CHECK (price >= 0),                   -- a unit or an hour
    cost         INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),          -- a unit
    taxable      INTEGER NOT NULL DEFAULT 1 CHECK (taxable IN (0, 1)),
    discount_ppm INTEGER NOT NULL DEFAULT 0 CHECK (discount_ppm BETWEEN 0 AND 1000000),
    discount_amount INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
    gross        INTEGER NOT NULL DEFAULT 0,                            -- before discounts
    discount     INTEGER NOT NULL DEFAULT 0,                            -- its share of all three levels
    net          INTEGER NOT NULL DEFAULT 0,
    -- Of a catalog part: still to be taken off the shelf for an authorized job, and pulled already
    -- with what that was worth (work in process). Both are 0 once the order is invoiced.
    committed    INTEGER NOT NULL DEFAULT 0 CHECK (committed >= 0),
    pulled       INTEGER NOT NULL DEFAULT 0 CHECK (pulled >= 0),
    pulled_value INTEGER NOT NULL DEFAULT 0,
    waived       INTEGER NOT NULL DEFAULT 0 CHECK (waived IN (0, 1)),   -- a core that is not charged
    for_line     INTEGER REFERENCES line,         -- a core: of this part line
    dot          TEXT NOT NULL DEFAULT '',        -- tires: identification numbers, 49 CFR 574.5
    -- Where the price of labor or a part came from when it was written up, and the figures it was
    -- made of.
    price_rule   TEXT NOT NULL DEFAULT 'none',
    price_why    TEXT NOT NULL DEFAULT '',
    -- What it would have been sold for then without a price given by hand; NULL: nothing says so.
    list_price   INTEGER CHECK (list_price >= 0),
    -- Why it is sold for less than somebody may without saying why, and who said so.
    price_reason TEXT NOT NULL DEFAULT '',
    reason_by    INTEGER REFERENCES user,
    -- Sublet work, and what is bought for this job: by whom, his invoice, when it is back, and what
    -- of its cost his bill has cleared.
    vendor         INTEGER REFERENCES vendor,
    vendor_invoice TEXT NOT NULL DEFAULT '',
    vendor_due_on  TEXT,
    vendor_back_on TEXT,
    bill           INTEGER REFERENCES bill,
    billed         INTEGER NOT NULL DEFAULT 0,
    -- Came with a menu-priced canned job; its labor takes what the other lines leave of the price.
    menu         INTEGER NOT NULL DEFAULT 0 CHECK (menu IN (0, 1)),
    menu_amount  INTEGER CHECK (menu_amount >= 0),     -- NULL: quantity times price
    CHECK (menu_amount IS NULL OR (menu = 1 AND kind = 'labor')),
    CHECK (discount_ppm = 0 OR discount_amount = 0),
    CHECK (clocked = 0 OR kind = 'labor'),
    CHECK (kind = 'core' OR (waived = 0 AND for_line IS NULL))
) STRICT;
CREATE INDEX line_by_reason ON line (id) WHERE price_reason <> '';
CREATE INDEX line_by_vendor ON line (vendor, vendor_invoice) WHERE vendor IS NOT NULL;
CREATE INDEX line_not_billed ON line (vendor, id) WHERE vendor IS NOT NULL AND bill IS NULL;
CREATE INDEX line_by_bill ON line (bill) WHERE bill IS NOT NULL;
CREATE TRIGGER line_billed_cost_stays BEFORE UPDATE OF cost, quantity, vendor, bill ON line
WHEN old.bill IS NOT NULL AND (new.cost <> old.cost OR new.quantity <> old.quantity
                               OR new.vendor IS NOT old.vendor
                               OR (new.bill IS NOT old.bill AND NOT (new.bill IS NULL
                                   AND (SELECT void_reason FROM bill WHERE id = old.bill) <> '')))
BEGIN
    SELECT RAISE(ABORT, 'The vendor''s bill for this line is entered, so its cost stays.');
END;
CREATE TRIGGER line_billed_stays BEFORE DELETE ON line
WHEN old.bill IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'The vendor''s bill for this line is entered, so the line stays.');
END;
CREATE INDEX line_by_job ON line (job, position);
CREATE INDEX line_committed ON line (part, committed) WHERE committed > 0;
CREATE INDEX line_pulled ON line (job) WHERE pulled > 0;
CREATE INDEX line_by_part_line ON line (for_line) WHERE for_line IS NOT NULL;
CREATE INDEX line_by_part ON line (part) WHERE part IS NOT NULL;
CREATE INDEX line_by_technician ON line (technician) WHERE technician IS NOT NULL;

-- What each jurisdiction takes of an order as it stands; an invoice keeps its own.
CREATE TABLE order_tax (
    repair_order  INTEGER NOT NULL REFERENCES repair_order,
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    rate          INTEGER NOT NULL,
    base          INTEGER NOT NULL,
    amount        INTEGER NOT NULL,
    PRIMARY KEY (repair_order, position)
) STRICT, WITHOUT ROWID;

-- Discounts of a job or (job NULL) of the whole order.
CREATE TABLE discount (
    id            INTEGER PRIMARY KEY,
    repair_order  INTEGER NOT NULL REFERENCES repair_order,
    job           INTEGER REFERENCES job,
    percent       INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 1000000),
    amount        INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
    applies_to    TEXT NOT NULL CHECK (applies_to IN ('labor', 'parts', 'all')),
    reason        TEXT NOT NULL DEFAULT '',
    coupon        INTEGER REFERENCES coupon,         -- it was taken with
    taken         INTEGER NOT NULL DEFAULT 0,        -- what one of the whole order takes off as it stands
    CHECK ((percent = 0) <> (amount = 0)),
    CHECK (coupon IS NULL OR job IS NULL)
) STRICT;
CREATE UNIQUE INDEX discount_by_coupon ON discount (repair_order, coupon) WHERE coupon IS NOT NULL;
CREATE INDEX discount_by_order ON discount (repair_order);
CREATE INDEX discount_by_job ON discount (job) WHERE job IS NOT NULL;

-- What the customer agreed to. Append-only.
CREATE TABLE authorization (
    id            INTEGER PRIMARY KEY,
    repair_order  INTEGER NOT NULL REFERENCES repair_order,
    at            INTEGER NOT NULL,
    method        TEXT NOT NULL CHECK (method IN ('signed', 'in_person', 'phone', 'text', 'email', 'portal')),
    person        TEXT NOT NULL,                  -- who said so
    contacted     TEXT NOT NULL DEFAULT '',       -- number or address
    staff         INTEGER REFERENCES user,
    added         INTEGER NOT NULL,               -- by this decision, cents
    total         INTEGER NOT NULL,               -- revised running total
    digest        TEXT NOT NULL,                  -- of the estimate shown
    code          TEXT NOT NULL,                  -- short read-back code made from it: "4KX-92"
    note          TEXT NOT NULL DEFAULT '',
    answered_by   TEXT NOT NULL DEFAULT 'customer'  -- or whom the customer has named
                  CHECK (answered_by IN ('customer', 'designated')),
    parts_back    TEXT NOT NULL DEFAULT 'not_asked' -- are the replaced parts wanted back?
                  CHECK (parts_back IN ('not_asked', 'no', 'yes')),
    terms         INTEGER REFERENCES terms_version, -- of estimates, as they were
    consent       INTEGER REFERENCES terms_version,
    signature     TEXT NOT NULL DEFAULT ''        -- drawn: "x,y x,y;x,y", thousandths of the field
) STRICT;
CREATE INDEX authorization_by_order ON authorization (repair_order, id);

CREATE TABLE authorization_job (
    authorization  INTEGER NOT NULL REFERENCES authorization,
    job            INTEGER NOT NULL REFERENCES job,
    decision       TEXT NOT NULL CHECK (decision IN ('authorized', 'declined', 'deferred')),
    amount         INTEGER NOT NULL,
    before         INTEGER NOT NULL DEFAULT 0,    -- the same before discounts of the whole order
    digest         TEXT NOT NULL DEFAULT '',      -- of the job's lines, to notice that they have changed
    PRIMARY KEY (authorization, job)
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_job_by_job ON authorization_job (job);

-- A job that takes something apart to find out what it needs: what the customer is told of putting it
-- together again before it begins.
CREATE TABLE teardown (
    job           INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE,
    reassembly    INTEGER NOT NULL CHECK (reassembly >= 0),  -- if the repair is declined, cents
    parts         INTEGER NOT NULL DEFAULT 0 CHECK (parts >= 0), -- that taking apart destroys, cents
    days          INTEGER NOT NULL CHECK (days BETWEEN 1 AND 365), -- it is together again within
    restorable    INTEGER NOT NULL CHECK (restorable IN (0, 1)) -- 0: it may not go back as it was
) STRICT;

-- --------------------------------------------------------------- template --

-- A named set of jobs that are written up together.
CREATE TABLE template (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    name_key  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE template_job (
    id          INTEGER PRIMARY KEY,
    template    INTEGER NOT NULL REFERENCES template,
    position    INTEGER NOT NULL,
    canned_job  INTEGER REFERENCES canned_job,   -- as it is when the template is used
    title       TEXT NOT NULL,                   -- without a canned job it has lines of its own
    concern     TEXT NOT NULL DEFAULT '',
    job         INTEGER                          -- while it is saved: the job it is taken from
) STRICT;
CREATE INDEX template_job_by_template ON template_job (template, position);

CREATE TABLE template_line (
    id            INTEGER PRIMARY KEY,
    template_job  INTEGER NOT NULL REFERENCES template_job,
    position      INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('labor', 'part', 'core', 'sublet', 'fee', 'hazmat', 'tire_fee')),
    description   TEXT NOT NULL,
    part          INTEGER REFERENCES part,
    rate_class    INTEGER REFERENCES rate_class,
    quantity      INTEGER NOT NULL CHECK (quantity >= 0),
    price         INTEGER NOT NULL CHECK (price >= 0),   -- 0 on labor and catalog parts: that day's
    cost          INTEGER NOT NULL CHECK (cost >= 0),
    taxable       INTEGER NOT NULL CHECK (taxable IN (0, 1))
) STRICT;
CREATE INDEX template_line_by_job ON template_line (template_job, position);

-- ------------------------------------------------------------ part request --

-- Parts asked for from the bays, until the counter has put them on the job or said why not.
CREATE TABLE part_request (
    id           INTEGER PRIMARY KEY,
    job          INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
    part         INTEGER REFERENCES part,          -- NULL: said in words
    what         TEXT NOT NULL CHECK (what <> ''), -- as scanned or said
    quantity     INTEGER NOT NULL CHECK (quantity > 0),
    note         TEXT NOT NULL DEFAULT '',
    user         INTEGER NOT NULL REFERENCES user,
    asked_at     INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'put', 'refused')),
    answer       TEXT NOT NULL DEFAULT '',         -- why not
    answered_by  INTEGER REFERENCES user,
    answered_at  INTEGER,
    CHECK ((state = 'open') = (answered_at IS NULL)),
    CHECK ((state = 'refused') = (answer <> ''))
) STRICT;
CREATE INDEX part_request_by_job ON part_request (job);
CREATE INDEX part_request_open ON part_request (id) WHERE state = 'open';

-- -------------------------------------------------------------- inspection --

-- A look over the car: the list as it was when somebody began it, with what was seen.
CREATE TABLE inspection_item (
    id            INTEGER PRIMARY KEY,
    repair_order  INTEGER NOT NULL REFERENCES repair_order,
    position      INTEGER NOT NULL,
    area          TEXT NOT NULL,                  -- part of the car
    name          TEXT NOT NULL,
    result        TEXT NOT NULL DEFAULT 'not_checked'
                  CHECK (result IN ('not_checked', 'ok', 'soon', 'now')),
    note          TEXT NOT NULL DEFAULT '',
    user          INTEGER REFERENCES user,        -- who looked, and when
    at            INTEGER
) STRICT;
CREATE UNIQUE INDEX inspection_item_by_order ON inspection_item (repair_order, position);

-- ------------------------------------------------------------------- clock --

-- Hours: without a job attendance, from clocking in to clocking out; with one the work on it. The
-- wall clock can be set, so the machine's own count stands beside it and tells when it was. What
-- nobody closed is flagged and never guessed.
CREATE TABLE punch (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES user,
    job         INTEGER REFERENCES job,
    in_at       INTEGER NOT NULL,
    out_at      INTEGER,
    in_up_s     INTEGER NOT NULL,                 -- seconds since the machine was started
    out_up_s    INTEGER,
    boot        TEXT NOT NULL DEFAULT '',         -- which start of it; '' when not known
    terminal    TEXT NOT NULL,
    left_open   INTEGER NOT NULL DEFAULT 0 CHECK (left_open IN (0, 1)),
    jumped      INTEGER NOT NULL DEFAULT 0 CHECK (jumped IN (0, 1)),
    corrected   INTEGER NOT NULL DEFAULT 0        -- how often
) STRICT;
-- Nobody is clocked in twice, nor at work on two jobs.
CREATE UNIQUE INDEX punch_open ON punch (user, job IS NULL) WHERE out_at IS NULL AND left_open = 0;
CREATE INDEX punch_by_user ON punch (user, in_at);
CREATE INDEX punch_by_in ON punch (in_at);
CREATE INDEX punch_by_job ON punch (job) WHERE job IS NOT NULL;

-- What a manager wrote over a punch, with what stood there. Append-only.
CREATE TABLE punch_correction (
    id          INTEGER PRIMARY KEY,
    punch       INTEGER NOT NULL REFERENCES punch,
    at          INTEGER NOT NULL,
    user        INTEGER NOT NULL REFERENCES user,
    in_before   INTEGER NOT NULL,
    out_before  INTEGER,
    in_after    INTEGER NOT NULL,
    out_after   INTEGER NOT NULL,
    reason      TEXT NOT NULL CHECK (reason <> '')
) STRICT;

-- Once a job is invoiced nothing of it is spoken for, and what was pulled is sold.
CREATE TRIGGER line_is_sold AFTER UPDATE OF invoice ON job
WHEN new.invoice IS NOT NULL AND old.invoice IS NULL
BEGIN
    UPDATE line
    SET committed = 0, pulled = 0, pulled_value = 0
    WHERE job = new.id AND (committed > 0 OR pulled > 0);
END;

-- ------------------------------------------------------- invoice, payment --

-- Posted work, frozen: every text, price, cost and rate as it was; or a charge without an order, as
-- a late fee is. id is the invoice number.
CREATE TABLE invoice (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL DEFAULT 'work' CHECK (kind = 'work' OR kind = 'charge'),
    repair_order   INTEGER REFERENCES repair_order,   -- has one invoice or several
    customer       INTEGER NOT NULL REFERENCES customer,
    vehicle        INTEGER REFERENCES vehicle,
    state          TEXT NOT NULL DEFAULT 'posted' CHECK (state IN ('posted', 'void')),
    posted_on      TEXT NOT NULL,
    posted_at      INTEGER NOT NULL,
    due_on         TEXT NOT NULL,
    posted_by      INTEGER REFERENCES user,
    writer         TEXT NOT NULL DEFAULT '',
    bill_to        TEXT NOT NULL,                 -- name and address, lines
    customer_phone TEXT NOT NULL DEFAULT '',
    vehicle_text   TEXT NOT NULL DEFAULT '',      -- name, VIN, plate, color, lines
    odometer_in_mi INTEGER,
    po_number      TEXT NOT NULL DEFAULT '',
    note           TEXT NOT NULL DEFAULT '',
    terms          TEXT NOT NULL DEFAULT '',
    exempt_text    TEXT NOT NULL DEFAULT '',      -- why no tax was charged
    authorized_text TEXT NOT NULL DEFAULT '',     -- how the work was authorized, lines
    labor          INTEGER NOT NULL,
    parts          INTEGER NOT NULL,
    sublet         INTEGER NOT NULL,
    fees           INTEGER NOT NULL,
    supplies       INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    tax            INTEGER NOT NULL,
    total          INTEGER NOT NULL,
    cost           INTEGER NOT NULL,
    paid           INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0),
    entry          INTEGER REFERENCES entry,
    letterhead     INTEGER REFERENCES letterhead, -- it was printed with
    CHECK (labor + parts + sublet + fees + supplies + tax = total),
    CHECK (paid <= total),
    CHECK ((kind = 'work') = (repair_order IS NOT NULL))
) STRICT;
CREATE INDEX invoice_by_order ON invoice (repair_order, id) WHERE repair_order IS NOT NULL;
CREATE INDEX invoice_by_customer ON invoice (customer, id);
CREATE INDEX invoice_by_day ON invoice (posted_on, id);
CREATE INDEX invoice_open ON invoice (due_on, id) WHERE paid < total AND state = 'posted';
-- What each customer owes and since when, without a look at the invoices themselves.
CREATE INDEX invoice_open_of_customer ON invoice (customer, due_on, id, total, paid, state)
    WHERE paid < total AND state = 'posted';

CREATE TABLE invoice_job (
    id           INTEGER PRIMARY KEY,
    invoice      INTEGER NOT NULL REFERENCES invoice,
    job          INTEGER,                         -- it was copied from, NULL of a charge; no reference,
                                                  -- so that taking a job off an order need not look here
    position     INTEGER NOT NULL,
    title        TEXT NOT NULL,
    concern      TEXT NOT NULL DEFAULT '',
    cause        TEXT NOT NULL DEFAULT '',
    correction   TEXT NOT NULL DEFAULT '',
    technician   TEXT NOT NULL DEFAULT '',
    pay          TEXT NOT NULL DEFAULT 'customer'
                 CHECK (pay = 'customer' OR pay = 'internal' OR pay = 'warranty'),
    amount       INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_job_by_invoice ON invoice_job (invoice, position);

CREATE TABLE invoice_line (
    id           INTEGER PRIMARY KEY,
    invoice_job  INTEGER NOT NULL REFERENCES invoice_job,
    line         INTEGER,                         -- likewise
    position     INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind = 'labor' OR kind = 'part' OR kind = 'core'
                                              OR kind = 'sublet' OR kind = 'fee' OR kind = 'hazmat'
                                              OR kind = 'tire_fee'),
    description  TEXT NOT NULL,
    sku          TEXT NOT NULL DEFAULT '',
    condition    TEXT NOT NULL DEFAULT '',
    technician   TEXT NOT NULL DEFAULT '',
    quantity     INTEGER NOT NULL,
    price        INTEGER NOT NULL,
    taxable      INTEGER NOT NULL,
    gross        INTEGER NOT NULL,
    discount     INTEGER NOT NULL,
    net          INTEGER NOT NULL,
    cost         INTEGER NOT NULL,                -- of the whole line, as taken from stock
    part         INTEGER,                         -- of the catalog; likewise
    account      INTEGER REFERENCES account,      -- of a charge: what it was posted to
    dot          TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX invoice_line_by_job ON invoice_line (invoice_job, position);

-- The coupons an invoice bears. One of an invoice that is no longer posted is given back.
CREATE TABLE invoice_coupon (
    id            INTEGER PRIMARY KEY,
    invoice       INTEGER NOT NULL REFERENCES invoice,
    coupon        INTEGER NOT NULL REFERENCES coupon,
    repair_order  INTEGER NOT NULL,                   -- likewise
    code          TEXT NOT NULL,
    title         TEXT NOT NULL,
    amount        INTEGER NOT NULL,                   -- taken off on this invoice
    UNIQUE (invoice, coupon)
) STRICT;
CREATE INDEX invoice_coupon_by_coupon ON invoice_coupon (coupon, repair_order);

-- The signatures that authorized an invoice's work, where they were drawn; the strokes are the
-- authorization's, which never changes.
CREATE TABLE invoice_signature (
    invoice        INTEGER NOT NULL REFERENCES invoice,
    authorization  INTEGER NOT NULL REFERENCES authorization,
    says           TEXT NOT NULL,                 -- who, when and the code, as it was printed
    PRIMARY KEY (invoice, authorization)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_tax (
    invoice   INTEGER NOT NULL REFERENCES invoice,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    rate      INTEGER NOT NULL,
    base      INTEGER NOT NULL,
    amount    INTEGER NOT NULL,
    classes   INTEGER NOT NULL DEFAULT 0,         -- what was taxed: bits of line kinds, and of supplies
    PRIMARY KEY (invoice, position)
) STRICT, WITHOUT ROWID;

-- What the state's rules had an invoice print; none for a shop that goes by no state's.
CREATE TABLE invoice_law (
    invoice      INTEGER PRIMARY KEY REFERENCES invoice,
    profile      TEXT NOT NULL CHECK (profile IN ('ca', 'fl', 'mi', 'ny', 'tx')),
    mechanics    TEXT NOT NULL DEFAULT '',        -- names and certification numbers, lines
    disclosures  TEXT NOT NULL DEFAULT '',        -- sentences about its charges, lines
    completed    TEXT NOT NULL DEFAULT ''         -- what the shop signs
) STRICT;

-- What an invoice had of a discount of its whole order, and of what it was taken, so that several
-- invoices have no more of it than one would. No reference: the discount may be taken off later.
CREATE TABLE invoice_discount (
    invoice   INTEGER NOT NULL REFERENCES invoice,
    discount  INTEGER NOT NULL,
    used      INTEGER NOT NULL CHECK (used >= 0),
    used_on   INTEGER NOT NULL CHECK (used_on > 0),
    PRIMARY KEY (invoice, discount)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_discount_by_discount ON invoice_discount (discount);

-- Which wording of terms and warranty an invoice was posted with.
CREATE TABLE invoice_terms (
    invoice  INTEGER NOT NULL REFERENCES invoice,
    version  INTEGER NOT NULL REFERENCES terms_version,
    PRIMARY KEY (invoice, version)
) STRICT, WITHOUT ROWID;

-- What was taken back of an invoice later on, line by line; id is the credit memo's number. Counted
-- in the invoice's `paid` as far as it was due; the rest is a payment.
CREATE TABLE credit_memo (
    id         INTEGER PRIMARY KEY,
    invoice    INTEGER NOT NULL REFERENCES invoice,
    issued_on  TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    issued_by  INTEGER REFERENCES user,
    reason     TEXT NOT NULL CHECK (reason <> ''),
    labor      INTEGER NOT NULL CHECK (labor >= 0),
    parts      INTEGER NOT NULL CHECK (parts >= 0),
    sublet     INTEGER NOT NULL CHECK (sublet >= 0),
    fees       INTEGER NOT NULL CHECK (fees >= 0),
    supplies   INTEGER NOT NULL CHECK (supplies >= 0),
    tax        INTEGER NOT NULL CHECK (tax >= 0),
    total      INTEGER NOT NULL,
    cost       INTEGER NOT NULL,                  -- by which the invoice has cost less
    applied    INTEGER NOT NULL CHECK (applied >= 0),
    payment    INTEGER REFERENCES payment,
    gift_certificate INTEGER REFERENCES gift_certificate,   -- store credit the payment was given as
    entry      INTEGER REFERENCES entry,          -- NULL: it came to nothing
    issuer     TEXT NOT NULL DEFAULT '',          -- name of issued_by then
    letterhead INTEGER REFERENCES letterhead,     -- it was printed with
    CHECK (gift_certificate IS NULL OR payment IS NOT NULL),
    CHECK (labor + parts + sublet + fees + supplies + tax = total),
    CHECK (applied <= total AND (applied = total) = (payment IS NULL))
) STRICT;
CREATE INDEX credit_memo_by_invoice ON credit_memo (invoice);
CREATE INDEX credit_memo_by_day ON credit_memo (issued_on, id);
CREATE INDEX credit_memo_by_payment ON credit_memo (payment) WHERE payment IS NOT NULL;

CREATE TABLE credit_line (
    credit_memo   INTEGER NOT NULL REFERENCES credit_memo,
    position      INTEGER NOT NULL,
    invoice_line  INTEGER NOT NULL REFERENCES invoice_line,
    quantity      INTEGER NOT NULL CHECK (quantity > 0),
    back          TEXT NOT NULL CHECK (back IN ('kept', 'restock', 'scrap')),
    net           INTEGER NOT NULL CHECK (net >= 0),
    cost          INTEGER NOT NULL,               -- likewise
    PRIMARY KEY (credit_memo, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_line_by_line ON credit_line (invoice_line);

CREATE TABLE credit_tax (
    credit_memo  INTEGER NOT NULL REFERENCES credit_memo,
    position     INTEGER NOT NULL,                -- of the invoice's own
    name         TEXT NOT NULL,
    rate         INTEGER NOT NULL,
    base         INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (credit_memo, position)
) STRICT, WITHOUT ROWID;

-- An invoice taken back on the day it was posted: it is void, its entry reversed.
CREATE TABLE invoice_unpost (
    invoice    INTEGER PRIMARY KEY REFERENCES invoice,
    reason     TEXT NOT NULL CHECK (reason <> ''),
    undone_on  TEXT NOT NULL,
    undone_at  INTEGER NOT NULL,
    undone_by  INTEGER REFERENCES user,
    undone_name TEXT NOT NULL DEFAULT '',         -- of undone_by then
    entry      INTEGER REFERENCES entry           -- NULL: there was none to reverse
) STRICT;

-- What of an invoice will not be paid any more; below 0: what was taken back of that, because it is
-- paid after all. Counted in its `paid`. Where the invoice sold a gift certificate, that is worth less
-- by as much of it as is not used, and only the rest is a bad debt.
CREATE TABLE invoice_write_off (
    id          INTEGER PRIMARY KEY,
    invoice     INTEGER NOT NULL REFERENCES invoice,
    amount      INTEGER NOT NULL CHECK (amount <> 0),
    certificate INTEGER NOT NULL DEFAULT 0        -- of it, off the certificate
                CHECK (certificate BETWEEN min(amount, 0) AND max(amount, 0)),
    reason      TEXT NOT NULL CHECK (reason <> ''),
    written_on  TEXT NOT NULL,
    written_at  INTEGER NOT NULL,
    written_by  INTEGER REFERENCES user,
    entry       INTEGER NOT NULL REFERENCES entry
) STRICT;
CREATE INDEX invoice_write_off_by_invoice ON invoice_write_off (invoice);

-- Money received. amount = tendered - change; what is neither applied nor returned is the
-- customer's credit.
CREATE TABLE payment (
    id            INTEGER PRIMARY KEY,
    customer      INTEGER NOT NULL REFERENCES customer,
    method        TEXT NOT NULL CHECK (method = 'cash' OR method = 'check' OR method = 'card'
                                               OR method = 'ach' OR method = 'other'
                                               OR method = 'gift'),
    taken_on      TEXT NOT NULL,
    taken_at      INTEGER NOT NULL,
    taken_by      INTEGER REFERENCES user,
    terminal      TEXT NOT NULL DEFAULT '',
    tendered      INTEGER NOT NULL CHECK (tendered > 0),
    change        INTEGER NOT NULL DEFAULT 0 CHECK (change >= 0),
    amount        INTEGER NOT NULL CHECK (amount > 0),
    check_number  TEXT NOT NULL DEFAULT '',
    card_brand    TEXT NOT NULL DEFAULT '',
    card_last4    TEXT NOT NULL DEFAULT '' CHECK (length(card_last4) IN (0, 4)),
    card_auth     TEXT NOT NULL DEFAULT '',
    note          TEXT NOT NULL DEFAULT '',
    gift_certificate INTEGER REFERENCES gift_certificate,   -- it was paid with
    entry         INTEGER REFERENCES entry,
    payer         TEXT NOT NULL DEFAULT '',       -- the customer's name then, as it is said
    letterhead    INTEGER REFERENCES letterhead,  -- its receipt was printed with
    CHECK (amount = tendered - change),
    CHECK (change = 0 OR method = 'cash'),
    CHECK ((method = 'gift') = (gift_certificate IS NOT NULL))
) STRICT;
CREATE INDEX payment_by_customer ON payment (customer, id);
CREATE INDEX payment_by_day ON payment (taken_on, id);
CREATE INDEX payment_by_gift_certificate ON payment (gift_certificate, id)
    WHERE gift_certificate IS NOT NULL;

-- What an invoice had of a payment; below 0: what was taken off it again.
CREATE TABLE payment_application (
    id          INTEGER PRIMARY KEY,
    payment     INTEGER NOT NULL REFERENCES payment,
    invoice     INTEGER NOT NULL REFERENCES invoice,
    amount      INTEGER NOT NULL CHECK (amount <> 0),
    applied_on  TEXT NOT NULL,
    entry       INTEGER REFERENCES entry
) STRICT;
CREATE INDEX payment_application_by_payment ON payment_application (payment);
CREATE INDEX payment_application_by_invoice ON payment_application (invoice);
CREATE INDEX payment_application_by_day ON payment_application (applied_on, invoice, amount);

-- Money of a payment that is the shop's no more: paid back, taken in error, or never come from the
-- bank. A further row each time, with its own entry; the payment stays as it was taken.
CREATE TABLE payment_return (
    id            INTEGER PRIMARY KEY,
    payment       INTEGER NOT NULL REFERENCES payment,
    kind          TEXT NOT NULL CHECK (kind IN ('void', 'refund', 'bounced')),
    method        TEXT NOT NULL
                  CHECK (method IN ('cash', 'check', 'card', 'ach', 'other', 'gift')),
    check_number  TEXT NOT NULL DEFAULT '',        -- of the shop's own check
    amount        INTEGER NOT NULL CHECK (amount > 0),
    fee           INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0),   -- the bank's, paid by the shop
    reason        TEXT NOT NULL CHECK (reason <> ''),
    returned_on   TEXT NOT NULL,
    returned_at   INTEGER NOT NULL,
    returned_by   INTEGER REFERENCES user,
    terminal      TEXT NOT NULL DEFAULT '',
    charge        INTEGER REFERENCES invoice,      -- the fee that the customer is charged
    gift_certificate INTEGER REFERENCES gift_certificate,   -- it was given as this store credit
    entry         INTEGER NOT NULL REFERENCES entry,
    CHECK (fee = 0 OR kind = 'bounced'),
    CHECK (charge IS NULL OR kind = 'bounced'),
    CHECK (gift_certificate IS NULL OR kind = 'refund' AND method = 'gift')
) STRICT;
CREATE INDEX payment_return_by_gift_certificate ON payment_return (gift_certificate)
    WHERE gift_certificate IS NOT NULL;
CREATE INDEX payment_return_by_payment ON payment_return (payment);
CREATE INDEX payment_return_by_day ON payment_return (returned_on, id);

-- How late fees are counted; one row once somebody has said so.
CREATE TABLE late_fee_rule (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    charged       TEXT NOT NULL DEFAULT 'none' CHECK (charged IN ('none', 'fixed', 'rate')),
    amount        INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),   -- for an invoice and period
    yearly        INTEGER NOT NULL DEFAULT 0 CHECK (yearly BETWEEN 0 AND 600000),   -- ppm
    grace_days    INTEGER NOT NULL DEFAULT 0 CHECK (grace_days BETWEEN 0 AND 365),
    on_fees       INTEGER NOT NULL DEFAULT 0 CHECK (on_fees IN (0, 1)),
    returned_fee  INTEGER NOT NULL DEFAULT 0 CHECK (returned_fee >= 0),   -- of a check that came back
    CHECK (charged <> 'fixed' OR amount > 0),
    CHECK (charged <> 'rate' OR yearly > 0)
) STRICT;

-- Which invoice was charged for being late, in which of its months. A second run charges nothing
-- (trigger late_fee_is_charged_once), unless the charge of the first was taken back.
CREATE TABLE late_fee (
    invoice     INTEGER NOT NULL REFERENCES invoice,
    period      INTEGER NOT NULL CHECK (period > 0),
    from_on     TEXT NOT NULL,
    to_on       TEXT NOT NULL,
    open        INTEGER NOT NULL CHECK (open > 0),      -- what was due on it
    amount      INTEGER NOT NULL CHECK (amount > 0),
    charge      INTEGER NOT NULL REFERENCES invoice,    -- that charges for it
    charged_on  TEXT NOT NULL,
    PRIMARY KEY (invoice, period, charge)
) STRICT, WITHOUT ROWID;
CREATE INDEX late_fee_by_charge ON late_fee (charge, invoice, period);

-- Gift certificates and store credit: what the shop owes to whoever brings the number. A gift
-- certificate is charged for by an invoice and pays once that is paid; store credit is given, with
-- the reason, by an entry of its own. Of a row only the balance moves, and what was taken back: what
-- a credit memo or a write-off of the invoice that charged for it has cancelled.
CREATE TABLE gift_certificate (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE               -- random; the last digit checks the others
                CHECK (length(number) = 12 AND number NOT GLOB '*[^0-9]*'),
    kind        TEXT NOT NULL CHECK (kind IN ('gift', 'store_credit')),
    customer    INTEGER NOT NULL REFERENCES customer,   -- who bought it, or was given it
    amount      INTEGER NOT NULL CHECK (amount > 0),
    balance     INTEGER NOT NULL CHECK (balance BETWEEN 0 AND amount),
    taken_back  INTEGER NOT NULL DEFAULT 0 CHECK (taken_back BETWEEN 0 AND amount - balance),
    expires_on  TEXT,                              -- good through this day
    recipient   TEXT NOT NULL DEFAULT '',
    reason      TEXT NOT NULL DEFAULT '',
    issued_on   TEXT NOT NULL,
    issued_at   INTEGER NOT NULL,
    issued_by   INTEGER REFERENCES user,
    invoice     INTEGER REFERENCES invoice,
    entry       INTEGER REFERENCES entry,
    CHECK ((kind = 'gift') = (invoice IS NOT NULL)),
    CHECK ((kind = 'store_credit') = (entry IS NOT NULL AND reason <> '')),
    CHECK (kind = 'gift' OR taken_back = 0)
) STRICT;
CREATE INDEX gift_certificate_by_customer ON gift_certificate (customer, id);
CREATE INDEX gift_certificate_by_day ON gift_certificate (issued_on, id);
CREATE INDEX gift_certificate_by_invoice ON gift_certificate (invoice) WHERE invoice IS NOT NULL;
CREATE INDEX gift_certificate_open ON gift_certificate (id) WHERE balance > 0;

-- ------------------------------------------------------------- purchasing --

-- What is ordered from one vendor; id is the order's number, without gaps. state follows from the
-- lines and bills: sent by hand, the rest by receiving, billing and paying.
CREATE TABLE purchase (
    id           INTEGER PRIMARY KEY,
    vendor       INTEGER NOT NULL REFERENCES vendor,
    state        TEXT NOT NULL DEFAULT 'draft'
                 CHECK (state IN ('draft', 'sent', 'part_received', 'received', 'billed', 'closed',
                                  'void')),
    made_at      INTEGER NOT NULL,
    made_by      INTEGER REFERENCES user,
    sent_at      INTEGER,
    due_on       TEXT,                             -- when the parts are promised
    reference    TEXT NOT NULL DEFAULT '',         -- the vendor's confirmation number
    note         TEXT NOT NULL DEFAULT '',         -- printed
    void_reason  TEXT NOT NULL DEFAULT '',
    revision     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX purchase_by_vendor ON purchase (vendor, id);
CREATE INDEX purchase_by_state ON purchase (state, id);

CREATE TABLE purchase_line (
    id             INTEGER PRIMARY KEY,
    purchase       INTEGER NOT NULL REFERENCES purchase,
    position       INTEGER NOT NULL,
    part           INTEGER REFERENCES part,        -- NULL: from outside the catalog
    description    TEXT NOT NULL,
    number         TEXT NOT NULL DEFAULT '',       -- the vendor's
    quantity       INTEGER NOT NULL CHECK (quantity > 0),
    received       INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    -- Sent and still to come: on order. 0 in drafts, and once nobody waits for the rest.
    open           INTEGER NOT NULL DEFAULT 0 CHECK (open >= 0),
    cost           INTEGER NOT NULL CHECK (cost >= 0),              -- a unit
    core           INTEGER NOT NULL DEFAULT 0 CHECK (core >= 0),    -- deposit a unit
    due_on         TEXT,                                            -- back orders: their own day
    line           INTEGER,                        -- of the repair order it is bought for; no reference
    repair_order   INTEGER REFERENCES repair_order -- likewise: a special order
) STRICT;
CREATE INDEX purchase_line_by_purchase ON purchase_line (purchase, position);
CREATE INDEX purchase_line_open ON purchase_line (part, open) WHERE open > 0;
CREATE INDEX purchase_line_by_order ON purchase_line (repair_order) WHERE repair_order IS NOT NULL;
CREATE INDEX purchase_line_by_line ON purchase_line (line) WHERE line IS NOT NULL;

-- A delivery: what came, what it cost, its freight spread over the lines. Append-only.
CREATE TABLE receipt (
    id           INTEGER PRIMARY KEY,
    purchase     INTEGER NOT NULL REFERENCES purchase,
    received_on  TEXT NOT NULL,
    received_at  INTEGER NOT NULL,
    user         INTEGER REFERENCES user,
    slip         TEXT NOT NULL DEFAULT '',         -- number of the packing slip
    freight      INTEGER NOT NULL DEFAULT 0 CHECK (freight >= 0),
    total        INTEGER NOT NULL,                 -- lines with cores and freight: received, not billed
    billed       INTEGER NOT NULL DEFAULT 0,       -- of the total
    entry        INTEGER REFERENCES entry
) STRICT;
CREATE INDEX receipt_by_purchase ON receipt (purchase, id);
CREATE INDEX receipt_open ON receipt (id) WHERE billed <> total;

CREATE TABLE receipt_line (
    id             INTEGER PRIMARY KEY,
    receipt        INTEGER NOT NULL REFERENCES receipt,
    purchase_line  INTEGER NOT NULL REFERENCES purchase_line,
    part           INTEGER REFERENCES part,
    quantity       INTEGER NOT NULL CHECK (quantity > 0),
    cost           INTEGER NOT NULL CHECK (cost >= 0),              -- a unit, before freight
    amount         INTEGER NOT NULL,                                -- round(quantity x cost)
    freight        INTEGER NOT NULL DEFAULT 0,                      -- its share
    core           INTEGER NOT NULL DEFAULT 0 CHECK (core >= 0)     -- deposit of the whole line
) STRICT;
CREATE INDEX receipt_line_by_receipt ON receipt_line (receipt);
CREATE INDEX receipt_line_by_purchase_line ON receipt_line (purchase_line);

-- A vendor's bill (total > 0) or credit memo (total < 0). paid runs from 0 to total. One that is void
-- counts as settled: its number and its deliveries are free for the right one.
CREATE TABLE bill (
    id           INTEGER PRIMARY KEY,
    vendor       INTEGER NOT NULL REFERENCES vendor,
    number       TEXT NOT NULL,                    -- the vendor's
    billed_on    TEXT NOT NULL,
    due_on       TEXT NOT NULL,
    total        INTEGER NOT NULL CHECK (total <> 0),
    paid         INTEGER NOT NULL DEFAULT 0,
    difference   INTEGER NOT NULL DEFAULT 0,       -- to what was received, accepted with a reason
    reason       TEXT NOT NULL DEFAULT '',
    note         TEXT NOT NULL DEFAULT '',
    entered_at   INTEGER NOT NULL,
    user         INTEGER REFERENCES user,
    entry        INTEGER REFERENCES entry,
    void_reason  TEXT NOT NULL DEFAULT '',
    void_entry   INTEGER REFERENCES entry,
    CHECK (void_reason = '' OR paid = total),
    CHECK (CASE WHEN total > 0 THEN paid BETWEEN 0 AND total ELSE paid BETWEEN total AND 0 END)
) STRICT;
CREATE UNIQUE INDEX bill_number ON bill (vendor, number) WHERE void_reason = '';
CREATE INDEX bill_open ON bill (vendor, due_on) WHERE paid <> total;
CREATE INDEX bill_due ON bill (due_on, id) WHERE paid <> total;

-- Which deliveries a bill is for.
CREATE TABLE bill_receipt (
    bill     INTEGER NOT NULL REFERENCES bill,
    receipt  INTEGER NOT NULL REFERENCES receipt,
    amount   INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (bill, receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX bill_receipt_by_receipt ON bill_receipt (receipt);

CREATE TABLE vendor_payment (
    id            INTEGER PRIMARY KEY,
    vendor        INTEGER NOT NULL REFERENCES vendor,
    method        TEXT NOT NULL CHECK (method IN ('check', 'ach', 'card', 'cash')),
    check_number  INTEGER UNIQUE CHECK ((method = 'check') = (check_number IS NOT NULL)),
    paid_on       TEXT NOT NULL,
    paid_at       INTEGER NOT NULL,
    user          INTEGER REFERENCES user,
    amount        INTEGER NOT NULL CHECK (amount >= 0),  -- 0: credits alone settled the bills
    memo          TEXT NOT NULL DEFAULT '',
    void_reason   TEXT NOT NULL DEFAULT '',
    entry         INTEGER REFERENCES entry,
    void_entry    INTEGER REFERENCES entry
) STRICT;
CREATE INDEX vendor_payment_by_vendor ON vendor_payment (vendor, id);

CREATE TABLE vendor_payment_bill (
    vendor_payment  INTEGER NOT NULL REFERENCES vendor_payment,
    bill            INTEGER NOT NULL REFERENCES bill,
    amount          INTEGER NOT NULL CHECK (amount <> 0),            -- negative: of a credit
    PRIMARY KEY (vendor_payment, bill)
) STRICT, WITHOUT ROWID;

-- What a vendor owes the shop for what goes back: new parts, old cores, parts that failed under
-- warranty. In the queue until every cent is credited or written off; a short credit stays open.
CREATE TABLE claim (
    id            INTEGER PRIMARY KEY,
    vendor        INTEGER NOT NULL REFERENCES vendor,
    kind          TEXT NOT NULL CHECK (kind IN ('return', 'core', 'warranty')),
    -- owed: a core deposit is paid and the old part is not here yet; here: it waits to be sent
    state         TEXT NOT NULL CHECK (state IN ('owed', 'here', 'sent', 'closed')),
    part          INTEGER REFERENCES part,
    description   TEXT NOT NULL,
    quantity      INTEGER NOT NULL CHECK (quantity > 0),
    expected      INTEGER NOT NULL CHECK (expected >= 0),            -- cents
    credited      INTEGER NOT NULL DEFAULT 0 CHECK (credited >= 0),
    written_off   INTEGER NOT NULL DEFAULT 0 CHECK (written_off >= 0),
    opened_on     TEXT NOT NULL,
    sent_on       TEXT,
    closed_on     TEXT,
    rma           TEXT NOT NULL DEFAULT '',        -- the vendor's return number
    reason        TEXT NOT NULL DEFAULT '',
    receipt_line  INTEGER REFERENCES receipt_line, -- it came with
    job           INTEGER REFERENCES job,          -- warranty: of the failure
    revision      INTEGER NOT NULL DEFAULT 1,
    CHECK (credited + written_off <= expected),
    CHECK (state <> 'closed' OR credited + written_off = expected),
    CHECK (kind <> 'warranty' OR job IS NOT NULL)
) STRICT;
CREATE INDEX claim_open ON claim (vendor, opened_on) WHERE state <> 'closed';
CREATE INDEX claim_by_part ON claim (part) WHERE part IS NOT NULL;
CREATE INDEX claim_by_job ON claim (job) WHERE job IS NOT NULL;

-- Credits that vendors gave on claims, each by a credit memo (a bill below zero).
CREATE TABLE claim_credit (
    claim   INTEGER NOT NULL REFERENCES claim,
    bill    INTEGER NOT NULL REFERENCES bill,
    amount  INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (claim, bill)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_credit_by_bill ON claim_credit (bill);

-- Cores that customers were charged for, written when the invoice is posted. The charge is a
-- deposit held until it is refunded or the customer's time is over.
CREATE TABLE customer_core (
    id            INTEGER PRIMARY KEY,
    invoice       INTEGER NOT NULL REFERENCES invoice,
    invoice_line  INTEGER REFERENCES invoice_line,
    customer      INTEGER NOT NULL REFERENCES customer,
    part          INTEGER REFERENCES part,
    description   TEXT NOT NULL,
    quantity      INTEGER NOT NULL CHECK (quantity > 0),
    charge        INTEGER NOT NULL CHECK (charge >= 0),              -- cents, after discounts
    tax           INTEGER NOT NULL DEFAULT 0 CHECK (tax >= 0),       -- charged on it
    state         TEXT NOT NULL
                  CHECK (state IN ('charged', 'waived', 'refunded', 'forfeited', 'void')),
    opened_on     TEXT NOT NULL,
    closed_on     TEXT,
    payment       INTEGER REFERENCES payment,      -- the credit the customer got
    entry         INTEGER REFERENCES entry,
    revision      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_core_open ON customer_core (customer, opened_on) WHERE state = 'charged';
CREATE INDEX customer_core_by_invoice ON customer_core (invoice);
CREATE INDEX customer_core_by_line ON customer_core (invoice_line) WHERE invoice_line IS NOT NULL;
CREATE INDEX customer_core_by_payment ON customer_core (payment) WHERE payment IS NOT NULL;

-- ----------------------------------------------------------------- counts --

-- A sheet: what was chosen to be counted, with what should be there frozen at that moment.
CREATE TABLE stock_count (
    id          INTEGER PRIMARY KEY,
    title       TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'posted', 'void')),
    frozen_at   INTEGER NOT NULL,
    frozen_move INTEGER NOT NULL DEFAULT 0,        -- the last movement that expected knows of
    bin         TEXT,                              -- the whole bin is counted; NULL: some parts
    made_by     INTEGER REFERENCES user,
    posted_on   TEXT,
    posted_by   INTEGER REFERENCES user,
    reason      TEXT NOT NULL DEFAULT '',
    entry       INTEGER REFERENCES entry,
    revision    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE stock_count_line (
    id           INTEGER PRIMARY KEY,
    stock_count  INTEGER NOT NULL REFERENCES stock_count,
    position     INTEGER NOT NULL,
    part         INTEGER NOT NULL REFERENCES part,
    bin          TEXT NOT NULL,
    expected     INTEGER NOT NULL,                 -- frozen
    moved        INTEGER NOT NULL DEFAULT 0,       -- between the freezing and the counting
    counted      INTEGER CHECK (counted >= 0),     -- NULL: not yet
    counted_by   INTEGER REFERENCES user,
    counted_at   INTEGER,
    open         INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
    UNIQUE (stock_count, part, bin)
) STRICT;
CREATE INDEX stock_count_line_by_sheet ON stock_count_line (stock_count, position);
-- A part in a bin is on one open sheet at a time: nobody counts it twice.
CREATE UNIQUE INDEX stock_count_line_open ON stock_count_line (part, bin) WHERE open = 1;
CREATE INDEX stock_count_line_bin ON stock_count_line (bin) WHERE open = 1;

-- How often each class is counted, in days; 0 never.
CREATE TABLE count_plan (
    abc   TEXT PRIMARY KEY CHECK (abc IN ('A', 'B', 'C')),
    days  INTEGER NOT NULL CHECK (days BETWEEN 0 AND 3650)
) STRICT, WITHOUT ROWID;
INSERT INTO count_plan (abc, days) VALUES ('A', 30), ('B', 90), ('C', 365);

-- ----------------------------------------------------------------- ledger --

-- Chart of accounts; id is the account's number. role names the account a posting rule means.
CREATE TABLE account (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'cost', 'expense')),
    role  TEXT UNIQUE
) STRICT;

-- A balanced entry. Written open, lines added, then posted; from then on nothing about it changes.
CREATE TABLE entry (
    id         INTEGER PRIMARY KEY,
    posted_on  TEXT NOT NULL,
    at         INTEGER NOT NULL,
    memo       TEXT NOT NULL,
    source     TEXT NOT NULL CHECK (source = 'invoice' OR source = 'payment'
                                            OR source = 'stock' OR source = 'opening'
                                            OR source = 'hand' OR source = 'receipt'
                                            OR source = 'bill' OR source = 'vendor_payment'
                                            OR source = 'claim' OR source = 'core'
                                            OR source = 'count' OR source = 'drawer'
                                            OR source = 'gift'),
    source_id  INTEGER,
    reverses   INTEGER REFERENCES entry,
    posted     INTEGER NOT NULL DEFAULT 0 CHECK (posted IN (0, 1))
) STRICT;
CREATE INDEX entry_by_day ON entry (posted_on, id);
CREATE UNIQUE INDEX entry_reverses ON entry (reverses) WHERE reverses IS NOT NULL;

-- Debits are positive, credits negative.
CREATE TABLE entry_line (
    entry     INTEGER NOT NULL REFERENCES entry,
    position  INTEGER NOT NULL,
    account   INTEGER NOT NULL REFERENCES account,
    amount    INTEGER NOT NULL CHECK (amount <> 0),
    customer  INTEGER REFERENCES customer,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- The cash drawer, only ever added to. amount is what was said: the float, what was taken out, what
-- was counted; expected what should have lain there before; change what its account moved by.
-- after_entry: of a float and a count, entries up to it were there before.
CREATE TABLE drawer_move (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind = 'open' OR kind = 'drop' OR kind = 'pay_out'
                                                    OR kind = 'count'),
    moved_on     TEXT NOT NULL,
    moved_at     INTEGER NOT NULL,
    user         INTEGER REFERENCES user,
    terminal     TEXT NOT NULL DEFAULT '',
    amount       INTEGER NOT NULL CHECK (amount >= 0),
    expected     INTEGER NOT NULL,
    change       INTEGER NOT NULL,
    place        TEXT NOT NULL CHECK (place = 'safe' OR place = 'bank' OR place = ''),
    account      INTEGER REFERENCES account,      -- of a pay-out; NULL: other expenses
    reason       TEXT NOT NULL DEFAULT '',
    after_entry  INTEGER NOT NULL DEFAULT 0,
    entry        INTEGER REFERENCES entry,
    CHECK (CASE WHEN kind = 'open' OR kind = 'count' THEN expected + change = amount
                ELSE amount > 0 AND change = -amount END),
    CHECK ((change = 0) = (entry IS NULL))
) STRICT;
CREATE INDEX drawer_move_by_kind ON drawer_move (kind, id);
CREATE INDEX drawer_move_by_day ON drawer_move (moved_on, id);
CREATE UNIQUE INDEX drawer_move_by_entry ON drawer_move (entry) WHERE entry IS NOT NULL;

-- Notes and coins of a count by pieces.
CREATE TABLE drawer_piece (
    drawer_move  INTEGER NOT NULL REFERENCES drawer_move,
    cents        INTEGER NOT NULL,
    pieces       INTEGER NOT NULL CHECK (pieces > 0),
    PRIMARY KEY (drawer_move, cents)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER drawer_move_is_new BEFORE INSERT ON drawer_move
WHEN EXISTS (SELECT 1 FROM drawer_move WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'What was done to the drawer is never replaced.');
END;
CREATE TRIGGER drawer_move_is_final BEFORE UPDATE ON drawer_move
BEGIN
    SELECT RAISE(ABORT, 'What was done to the drawer never changes. Count it again.');
END;
CREATE TRIGGER drawer_move_stays BEFORE DELETE ON drawer_move
BEGIN
    SELECT RAISE(ABORT, 'What was done to the drawer is never deleted.');
END;
CREATE TRIGGER drawer_piece_is_final BEFORE UPDATE ON drawer_piece
BEGIN
    SELECT RAISE(ABORT, 'A count of the drawer never changes. Count it again.');
END;
CREATE TRIGGER drawer_piece_stays BEFORE DELETE ON drawer_piece
BEGIN
    SELECT RAISE(ABORT, 'A count of the drawer is never deleted.');
END;

-- Days that are closed, with all before them: nothing is posted on them any more. id is the number
-- of the Z report, without gap; from_on the first day it is of.
CREATE TABLE closed_day (
    id          INTEGER PRIMARY KEY,
    day         TEXT NOT NULL UNIQUE,
    from_on     TEXT NOT NULL,
    closed_at   INTEGER NOT NULL,
    closed_by   INTEGER REFERENCES user,
    terminal    TEXT NOT NULL DEFAULT '',
    unposted    INTEGER NOT NULL CHECK (unposted >= 0),  -- complete orders that were left
    note        TEXT NOT NULL DEFAULT '',
    last_entry  INTEGER NOT NULL,
    checkpoint  INTEGER NOT NULL REFERENCES audit_checkpoint,
    closer      TEXT NOT NULL DEFAULT '',          -- name of closed_by then
    letterhead  INTEGER REFERENCES letterhead,     -- it was printed with
    CHECK (from_on <= day)
) STRICT;

CREATE TRIGGER closed_day_follows BEFORE INSERT ON closed_day
WHEN new.id <> (SELECT ifnull(max(id), 0) + 1 FROM closed_day)
    OR new.from_on <= (SELECT max(day) FROM closed_day)
BEGIN
    SELECT RAISE(ABORT, 'Days are closed one behind the other.');
END;
CREATE TRIGGER closed_day_is_final BEFORE UPDATE ON closed_day
BEGIN
    SELECT RAISE(ABORT, 'A closed day never changes.');
END;
CREATE TRIGGER closed_day_stays BEFORE DELETE ON closed_day
BEGIN
    SELECT RAISE(ABORT, 'A closed day is never opened again.');
END;
CREATE TRIGGER entry_is_not_late BEFORE INSERT ON entry
WHEN new.posted_on <= (SELECT max(day) FROM closed_day)
BEGIN
    SELECT RAISE(ABORT, 'This day is closed: nothing more is posted on it.');
END;
CREATE TRIGGER invoice_is_not_late BEFORE INSERT ON invoice
WHEN new.posted_on <= (SELECT max(day) FROM closed_day)
BEGIN
    SELECT RAISE(ABORT, 'This day is closed: no more invoice is posted on it.');
END;
CREATE TRIGGER credit_memo_is_not_late BEFORE INSERT ON credit_memo
WHEN new.issued_on <= (SELECT max(day) FROM closed_day)
BEGIN
    SELECT RAISE(ABORT, 'This day is closed: no more credit memo is given on it.');
END;
CREATE TRIGGER payment_is_not_late BEFORE INSERT ON payment
WHEN new.taken_on <= (SELECT max(day) FROM closed_day)
BEGIN
    SELECT RAISE(ABORT, 'This day is closed: no more payment is taken on it.');
END;

-- Sums of each account by day, kept in the same transaction; proved equal to the lines by tests. A
-- day's accounts lie together: a posting touches one page, and a report of some days reads few.
CREATE TABLE account_day (
    account  INTEGER NOT NULL REFERENCES account,
    day      TEXT NOT NULL,
    debit    INTEGER NOT NULL DEFAULT 0,
    credit   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, account)
) STRICT, WITHOUT ROWID;

-- ----------------------------------------------------- what never changes --

-- Three triggers hold a table: x_is_new refuses a row in the place of another one, which INSERT OR
-- REPLACE of a tool without recursive triggers would delete unseen; x_is_final, or x_is_frozen, refuses
-- every change, or those of the columns it names where others may move; x_stays refuses deletion.
-- Each is written out: the sentence fits, and the file says what holds without being run.
CREATE TRIGGER entry_is_balanced BEFORE UPDATE OF posted ON entry
WHEN new.posted = 1 AND (
    (SELECT count(*) FROM entry_line WHERE entry = new.id) < 2
    OR (SELECT sum(amount) FROM entry_line WHERE entry = new.id) <> 0)
BEGIN
    SELECT RAISE(ABORT, 'The ledger entry does not balance.');
END;
CREATE TRIGGER entry_begins_open BEFORE INSERT ON entry WHEN new.posted = 1
BEGIN
    SELECT RAISE(ABORT, 'A ledger entry is posted once it has its lines.');
END;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry WHEN old.posted = 1
BEGIN
    SELECT RAISE(ABORT, 'A posted ledger entry never changes.');
END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'A ledger entry is never deleted.');
END;
CREATE TRIGGER entry_is_new BEFORE INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A ledger entry is never replaced.');
END;
CREATE TRIGGER entry_line_in_time BEFORE INSERT ON entry_line
WHEN (SELECT posted FROM entry WHERE id = new.entry) = 1
BEGIN
    SELECT RAISE(ABORT, 'A posted ledger entry never changes.');
END;
CREATE TRIGGER entry_line_is_final BEFORE UPDATE ON entry_line
BEGIN
    SELECT RAISE(ABORT, 'A ledger line never changes.');
END;
CREATE TRIGGER entry_line_stays BEFORE DELETE ON entry_line
BEGIN
    SELECT RAISE(ABORT, 'A ledger line is never deleted.');
END;
CREATE TRIGGER punch_correction_is_final BEFORE UPDATE ON punch_correction
BEGIN
    SELECT RAISE(ABORT, 'A correction of hours never changes.');
END;
CREATE TRIGGER punch_correction_stays BEFORE DELETE ON punch_correction
BEGIN
    SELECT RAISE(ABORT, 'A correction of hours is never deleted.');
END;
CREATE TRIGGER punch_stays BEFORE DELETE ON punch
BEGIN
    SELECT RAISE(ABORT, 'Hours are never deleted. Correct them.');
END;
CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'The audit log never changes.');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'The audit log is never shortened.');
END;
CREATE TRIGGER audit_is_new BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'An audit row is never replaced.');
END;
CREATE TRIGGER audit_checkpoint_is_final BEFORE UPDATE ON audit_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'A checkpoint never changes.');
END;
CREATE TRIGGER audit_checkpoint_stays BEFORE DELETE ON audit_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'A checkpoint is never deleted.');
END;
CREATE TRIGGER authorization_is_new BEFORE INSERT ON authorization
WHEN EXISTS (SELECT 1 FROM authorization WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'An authorization is never replaced.');
END;
CREATE TRIGGER authorization_is_final BEFORE UPDATE ON authorization
BEGIN
    SELECT RAISE(ABORT, 'An authorization never changes.');
END;
CREATE TRIGGER authorization_stays BEFORE DELETE ON authorization
BEGIN
    SELECT RAISE(ABORT, 'An authorization is never deleted.');
END;
CREATE TRIGGER stock_move_is_new BEFORE INSERT ON stock_move
WHEN EXISTS (SELECT 1 FROM stock_move WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A stock movement is never replaced.');
END;
CREATE TRIGGER stock_move_is_final BEFORE UPDATE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'A stock movement never changes.');
END;
CREATE TRIGGER stock_move_stays BEFORE DELETE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'A stock movement is never deleted.');
END;

-- What is posted or paid stays as it was. Of an invoice only state and paid move; it and a payment
-- follow their customer into the record it was merged into.
CREATE TRIGGER invoice_is_new BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice is never replaced.');
END;
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice
BEGIN
    SELECT RAISE(ABORT, 'An invoice is never deleted.');
END;
CREATE TRIGGER invoice_is_frozen BEFORE UPDATE OF
    id, kind, repair_order, vehicle, posted_on, posted_at, due_on, posted_by, writer, bill_to,
    customer_phone, vehicle_text, odometer_in_mi, po_number, note, terms, exempt_text,
    authorized_text, labor, parts, sublet, fees, supplies, discount, tax, total, cost, entry,
    letterhead
ON invoice
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_follows_customer BEFORE UPDATE OF customer ON invoice
WHEN NOT EXISTS (SELECT 1 FROM customer WHERE id = old.customer AND merged_into = new.customer)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_job_is_new BEFORE INSERT ON invoice_job
WHEN EXISTS (SELECT 1 FROM invoice_job WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_job_is_frozen BEFORE UPDATE ON invoice_job
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_job_stays BEFORE DELETE ON invoice_job
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_line_is_new BEFORE INSERT ON invoice_line
WHEN EXISTS (SELECT 1 FROM invoice_line WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_line_is_frozen BEFORE UPDATE ON invoice_line
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_line_stays BEFORE DELETE ON invoice_line
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_coupon_is_new BEFORE INSERT ON invoice_coupon
WHEN EXISTS (SELECT 1 FROM invoice_coupon WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_coupon_is_frozen BEFORE UPDATE ON invoice_coupon
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_coupon_stays BEFORE DELETE ON invoice_coupon
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_signature_is_new BEFORE INSERT ON invoice_signature
WHEN EXISTS (SELECT 1 FROM invoice_signature
             WHERE invoice = new.invoice AND authorization = new.authorization)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_signature_is_frozen BEFORE UPDATE ON invoice_signature
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_signature_stays BEFORE DELETE ON invoice_signature
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_tax_is_new BEFORE INSERT ON invoice_tax
WHEN EXISTS (SELECT 1 FROM invoice_tax WHERE invoice = new.invoice AND position = new.position)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_tax_is_frozen BEFORE UPDATE ON invoice_tax
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_tax_stays BEFORE DELETE ON invoice_tax
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER terms_version_is_new BEFORE INSERT ON terms_version
WHEN EXISTS (SELECT 1 FROM terms_version WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A wording that was used never changes.');
END;
CREATE TRIGGER terms_version_is_frozen BEFORE UPDATE ON terms_version
BEGIN
    SELECT RAISE(ABORT, 'A wording that was used never changes.');
END;
CREATE TRIGGER terms_version_stays BEFORE DELETE ON terms_version
BEGIN
    SELECT RAISE(ABORT, 'A wording that was used never changes.');
END;
CREATE TRIGGER invoice_terms_are_new BEFORE INSERT ON invoice_terms
WHEN EXISTS (SELECT 1 FROM invoice_terms WHERE invoice = new.invoice AND version = new.version)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_terms_are_frozen BEFORE UPDATE ON invoice_terms
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_terms_stay BEFORE DELETE ON invoice_terms
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER letterhead_is_new BEFORE INSERT ON letterhead
WHEN EXISTS (SELECT 1 FROM letterhead WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER letterhead_is_frozen BEFORE UPDATE ON letterhead
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER letterhead_stays BEFORE DELETE ON letterhead
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER letterhead_picture_is_new BEFORE INSERT ON letterhead_picture
WHEN EXISTS (SELECT 1 FROM letterhead_picture WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER letterhead_picture_is_frozen BEFORE UPDATE ON letterhead_picture
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER letterhead_picture_stays BEFORE DELETE ON letterhead_picture
BEGIN
    SELECT RAISE(ABORT, 'A letterhead that was used never changes.');
END;
CREATE TRIGGER invoice_law_is_new BEFORE INSERT ON invoice_law
WHEN EXISTS (SELECT 1 FROM invoice_law WHERE invoice = new.invoice)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_law_is_frozen BEFORE UPDATE ON invoice_law
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_law_stays BEFORE DELETE ON invoice_law
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_discount_is_new BEFORE INSERT ON invoice_discount
WHEN EXISTS (SELECT 1 FROM invoice_discount
             WHERE invoice = new.invoice AND discount = new.discount)
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_discount_is_frozen BEFORE UPDATE ON invoice_discount
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER invoice_discount_stays BEFORE DELETE ON invoice_discount
BEGIN
    SELECT RAISE(ABORT, 'A posted invoice never changes.');
END;
CREATE TRIGGER credit_memo_is_new BEFORE INSERT ON credit_memo
WHEN EXISTS (SELECT 1 FROM credit_memo WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never replaced.');
END;
CREATE TRIGGER credit_memo_is_final BEFORE UPDATE ON credit_memo
BEGIN
    SELECT RAISE(ABORT, 'A credit memo never changes.');
END;
CREATE TRIGGER credit_memo_stays BEFORE DELETE ON credit_memo
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never deleted.');
END;
CREATE TRIGGER credit_line_is_new BEFORE INSERT ON credit_line
WHEN EXISTS (SELECT 1 FROM credit_line WHERE credit_memo = new.credit_memo AND position = new.position)
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never replaced.');
END;
CREATE TRIGGER credit_line_is_final BEFORE UPDATE ON credit_line
BEGIN
    SELECT RAISE(ABORT, 'A credit memo never changes.');
END;
CREATE TRIGGER credit_line_stays BEFORE DELETE ON credit_line
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never deleted.');
END;
CREATE TRIGGER credit_tax_is_new BEFORE INSERT ON credit_tax
WHEN EXISTS (SELECT 1 FROM credit_tax WHERE credit_memo = new.credit_memo AND position = new.position)
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never replaced.');
END;
CREATE TRIGGER credit_tax_is_final BEFORE UPDATE ON credit_tax
BEGIN
    SELECT RAISE(ABORT, 'A credit memo never changes.');
END;
CREATE TRIGGER credit_tax_stays BEFORE DELETE ON credit_tax
BEGIN
    SELECT RAISE(ABORT, 'A credit memo is never deleted.');
END;
CREATE TRIGGER credit_line_within BEFORE INSERT ON credit_line
WHEN new.quantity + (SELECT ifnull(sum(quantity), 0) FROM credit_line
                     WHERE invoice_line = new.invoice_line)
    > (SELECT quantity FROM invoice_line WHERE id = new.invoice_line)
BEGIN
    SELECT RAISE(ABORT, 'No more of a line is credited than was sold.');
END;
CREATE TRIGGER invoice_stays_void BEFORE UPDATE OF state, paid ON invoice
WHEN old.state = 'void' OR (new.state = 'void' AND new.paid <> 0)
BEGIN
    SELECT RAISE(ABORT, 'A void invoice never changes, and nothing is paid on it.');
END;
CREATE TRIGGER invoice_unpost_is_new BEFORE INSERT ON invoice_unpost
WHEN EXISTS (SELECT 1 FROM invoice_unpost WHERE invoice = new.invoice)
BEGIN
    SELECT RAISE(ABORT, 'An invoice is taken back once.');
END;
CREATE TRIGGER invoice_unpost_is_final BEFORE UPDATE ON invoice_unpost
BEGIN
    SELECT RAISE(ABORT, 'What was taken back stays so.');
END;
CREATE TRIGGER invoice_unpost_stays BEFORE DELETE ON invoice_unpost
BEGIN
    SELECT RAISE(ABORT, 'What was taken back stays so.');
END;
CREATE TRIGGER invoice_write_off_is_new BEFORE INSERT ON invoice_write_off
WHEN EXISTS (SELECT 1 FROM invoice_write_off WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'What was written off is never replaced.');
END;
CREATE TRIGGER invoice_write_off_within BEFORE INSERT ON invoice_write_off
WHEN new.amount < 0 AND -new.amount > (SELECT ifnull(sum(amount), 0) FROM invoice_write_off
                                       WHERE invoice = new.invoice)
BEGIN
    SELECT RAISE(ABORT, 'No more is taken back of an invoice than was written off.');
END;
CREATE TRIGGER invoice_write_off_is_final BEFORE UPDATE ON invoice_write_off
BEGIN
    SELECT RAISE(ABORT, 'What was written off never changes.');
END;
CREATE TRIGGER invoice_write_off_stays BEFORE DELETE ON invoice_write_off
BEGIN
    SELECT RAISE(ABORT, 'What was written off is never deleted.');
END;
CREATE TRIGGER payment_is_new BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM payment WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A payment is never replaced.');
END;
CREATE TRIGGER payment_stays BEFORE DELETE ON payment
BEGIN
    SELECT RAISE(ABORT, 'A payment is never deleted.');
END;
CREATE TRIGGER payment_is_final BEFORE UPDATE OF
    id, method, taken_on, taken_at, taken_by, terminal, tendered, change, amount, check_number,
    card_brand, card_last4, card_auth, note, gift_certificate, entry, payer, letterhead
ON payment
BEGIN
    SELECT RAISE(ABORT, 'A payment never changes.');
END;
CREATE TRIGGER payment_follows_customer BEFORE UPDATE OF customer ON payment
WHEN NOT EXISTS (SELECT 1 FROM customer WHERE id = old.customer AND merged_into = new.customer)
BEGIN
    SELECT RAISE(ABORT, 'A payment never changes.');
END;
CREATE TRIGGER late_fee_is_charged_once BEFORE INSERT ON late_fee
WHEN EXISTS (SELECT 1 FROM late_fee AS f JOIN invoice AS i ON i.id = f.charge
             WHERE f.invoice = new.invoice AND f.period = new.period AND i.state = 'posted')
BEGIN
    SELECT RAISE(ABORT, 'This late fee is charged already.');
END;
CREATE TRIGGER late_fee_is_final BEFORE UPDATE ON late_fee
BEGIN
    SELECT RAISE(ABORT, 'A late fee never changes.');
END;
CREATE TRIGGER late_fee_stays BEFORE DELETE ON late_fee
BEGIN
    SELECT RAISE(ABORT, 'A late fee is never deleted.');
END;
CREATE TRIGGER gift_certificate_is_new BEFORE INSERT ON gift_certificate
WHEN EXISTS (SELECT 1 FROM gift_certificate WHERE id = new.id OR number = new.number)
BEGIN
    SELECT RAISE(ABORT, 'A certificate is never replaced.');
END;
CREATE TRIGGER gift_certificate_stays BEFORE DELETE ON gift_certificate
BEGIN
    SELECT RAISE(ABORT, 'A certificate is never deleted.');
END;
CREATE TRIGGER gift_certificate_is_final BEFORE UPDATE OF
    id, number, kind, amount, expires_on, recipient, reason, issued_on, issued_at, issued_by,
    invoice, entry
ON gift_certificate
BEGIN
    SELECT RAISE(ABORT, 'Of a certificate only the balance moves.');
END;
CREATE TRIGGER gift_certificate_is_used BEFORE UPDATE OF state ON invoice
WHEN new.state = 'void'
    AND EXISTS (SELECT 1 FROM gift_certificate
                WHERE invoice = new.id AND balance + taken_back < amount)
BEGIN
    SELECT RAISE(ABORT, 'Some of the certificate that this invoice sold is used already. Void that payment first.');
END;
CREATE TRIGGER gift_certificate_follows_customer BEFORE UPDATE OF customer ON gift_certificate
WHEN NOT EXISTS (SELECT 1 FROM customer WHERE id = old.customer AND merged_into = new.customer)
BEGIN
    SELECT RAISE(ABORT, 'Of a certificate only the balance moves.');
END;
CREATE TRIGGER payment_application_is_new BEFORE INSERT ON payment_application
WHEN EXISTS (SELECT 1 FROM payment_application WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A payment is never replaced.');
END;
CREATE TRIGGER payment_application_is_final BEFORE UPDATE ON payment_application
BEGIN
    SELECT RAISE(ABORT, 'A payment never changes.');
END;
CREATE TRIGGER payment_application_stays BEFORE DELETE ON payment_application
BEGIN
    SELECT RAISE(ABORT, 'A payment is never deleted.');
END;
CREATE TRIGGER payment_application_within BEFORE INSERT ON payment_application
WHEN new.amount < 0 AND -new.amount > (SELECT ifnull(sum(amount), 0) FROM payment_application
                                       WHERE payment = new.payment AND invoice = new.invoice)
BEGIN
    SELECT RAISE(ABORT, 'No more comes off an invoice than it had of a payment.');
END;
CREATE TRIGGER payment_return_is_new BEFORE INSERT ON payment_return
WHEN EXISTS (SELECT 1 FROM payment_return WHERE id = new.id)
BEGIN
    SELECT RAISE(ABORT, 'A payment is never replaced.');
END;
CREATE TRIGGER payment_return_within BEFORE INSERT ON payment_return
WHEN new.amount > (SELECT amount FROM payment WHERE id = new.payment)
    - (SELECT ifnull(sum(amount), 0) FROM payment_application WHERE payment = new.payment)
    - (SELECT ifnull(sum(amount), 0) FROM payment_return WHERE payment = new.payment)
BEGIN
    SELECT RAISE(ABORT, 'No more goes back of a payment than is left of it.');
END;
CREATE TRIGGER payment_return_is_final BEFORE UPDATE ON payment_return
BEGIN
    SELECT RAISE(ABORT, 'A payment never changes.');
END;
CREATE TRIGGER payment_return_stays BEFORE DELETE ON payment_return
BEGIN
    SELECT RAISE(ABORT, 'A payment is never deleted.');
END;

-- ------------------------------------------------- drafts, documents, imports --

-- Unfinished forms: what was typed, offered again at sign-in.
CREATE TABLE draft (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES user,
    terminal    TEXT NOT NULL,
    form        TEXT NOT NULL,                    -- operation the form belongs to
    subject     INTEGER,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_by_user ON draft (user, updated_at);

-- Documents printed, saved, or queued for e-mail.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('estimate', 'work_order', 'invoice', 'receipt', 'history',
                                           'purchase', 'check', 'claim', 'payment', 'count', 'labels', 'usage', 'day',
                                           'gift', 'statement', 'statements', 'credit')),
    subject     INTEGER NOT NULL,
    sent        TEXT NOT NULL CHECK (sent IN ('saved', 'printed', 'queued')),
    target      TEXT NOT NULL,                    -- path, printer or e-mail address
    at          INTEGER NOT NULL,
    user        INTEGER REFERENCES user
) STRICT;
CREATE INDEX document_by_subject ON document (kind, subject);

-- How the columns of another system's file were matched, kept for the next file of the same header.
CREATE TABLE import_match (
    noun     TEXT NOT NULL,
    header   TEXT NOT NULL,                       -- folded header line
    fields   TEXT NOT NULL,                       -- field names, tab-separated, '' = ignored
    PRIMARY KEY (noun, header)
) STRICT, WITHOUT ROWID;
