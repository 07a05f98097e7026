/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields a column can be matched with, and how other systems' exports call them. Synonyms are
 * compared folded: "Customer_ID", "customer id" and "Customer-Id" are the same. The first is the
 * one that wins when two columns would do. */

#include "import_inner.h"

#define CALLED(...)                                                                                \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* clang-format off */
static const struct import_target customer_targets[CUSTOMER_TARGET_COUNT] = {
    [CUSTOMER_NUMBER]     = {"external_number", "Number in the old system",
        CALLED("customer id", "customer number", "customer no", "cust id", "cust no", "customer", "account number", "account",
               "account no", "client id", "id", "number", "external number", "old number", "kundennummer", "numero de cliente")},
    [CUSTOMER_FIRST]      = {"first_name", "First name",
        CALLED("first name", "firstname", "first", "given name", "fname", "contact first name", "vorname", "nombre")},
    [CUSTOMER_LAST]       = {"last_name", "Last name",
        CALLED("last name", "lastname", "last", "surname", "family name", "lname", "contact last name", "nachname", "apellido",
               "apellidos")},
    [CUSTOMER_NAME]       = {"name", "Whole name",
        CALLED("name", "customer name", "full name", "client name", "display name", "bill to name", "client", "contact", "nombre completo")},
    [CUSTOMER_COMPANY]    = {"company", "Company",
        CALLED("company", "company name", "business", "business name", "organization", "fleet", "fleet name", "firma", "empresa")},
    [CUSTOMER_PHONE]      = {"phone", "Phone",
        CALLED("phone", "phone number", "phone 1", "primary phone", "telephone", "tel", "main phone", "telefon", "telefono")},
    [CUSTOMER_PHONE_KIND] = {"phone_kind", "Kind of phone", CALLED("phone type", "phone kind", "phone 1 type", "primary phone type")},
    [CUSTOMER_MOBILE]     = {"mobile", "Mobile phone",
        CALLED("mobile", "mobile phone", "cell", "cell phone", "cellular", "mobile number", "cell number", "phone mobile", "movil")},
    [CUSTOMER_HOME]       = {"home_phone", "Home phone", CALLED("home phone", "phone home", "home", "home number", "phone 2", "evening phone")},
    [CUSTOMER_WORK]       = {"work_phone", "Work phone",
        CALLED("work phone", "phone work", "work", "business phone", "office phone", "phone 3", "day phone", "work number")},
    [CUSTOMER_FAX]        = {"fax", "Fax", CALLED("fax", "fax number", "fax phone")},
    [CUSTOMER_EMAIL]      = {"email", "E-mail", CALLED("email", "e mail", "email address", "e mail address", "email 1", "mail", "correo")},
    [CUSTOMER_STREET]     = {"street", "Street",
        CALLED("address", "street", "street address", "address 1", "address line 1", "address1", "billing address", "billing street",
               "strasse", "direccion")},
    [CUSTOMER_STREET_2]   = {"street_2", "Street, second line",
        CALLED("address 2", "address line 2", "address2", "street 2", "apt", "suite", "unit")},
    [CUSTOMER_CITY]       = {"city", "City", CALLED("city", "town", "billing city", "ort", "ciudad")},
    [CUSTOMER_STATE]      = {"state", "State", CALLED("state", "province", "st", "billing state", "state province", "region", "estado")},
    [CUSTOMER_ZIP]        = {"zip", "ZIP code",
        CALLED("zip", "zip code", "zipcode", "postal code", "postcode", "postal", "billing zip", "plz", "codigo postal")},
    [CUSTOMER_REFERRAL]   = {"referral", "Came by",
        CALLED("referral", "referral source", "referred by", "source", "lead source", "how did you hear", "marketing source", "came by")},
    [CUSTOMER_EXEMPT]     = {"tax_exempt", "Tax exempt", CALLED("is tax exempt", "tax exempt", "exempt", "taxexempt", "non taxable", "no tax")},
    [CUSTOMER_CERTIFICATE] = {"exempt_certificate", "Exemption certificate",
        CALLED("exempt certificate", "tax id", "resale number", "exemption number", "certificate", "tax exempt number", "resale certificate",
               "tax exempt id")},
    [CUSTOMER_EXEMPT_KIND]  = {"exempt_kind", "Kind of exemption", CALLED("exempt kind", "exemption type", "exempt type", "exemption reason")},
    [CUSTOMER_EXEMPT_UNTIL] = {"exempt_until_on", "Exempt until",
        CALLED("exempt until on", "exempt until", "exemption expires", "certificate expires", "exempt expiration", "certificate expiration")},
    [CUSTOMER_LIMIT]      = {"credit_limit", "Credit limit", CALLED("credit limit", "limit", "max credit", "credit line")},
    [CUSTOMER_HOLD]       = {"hold_reason", "On hold: why", CALLED("hold reason", "on hold", "credit hold", "hold", "account hold")},
    [CUSTOMER_RATE_CLASS] = {"rate_class", "Labor rate", CALLED("rate class", "labor rate", "labor rate class", "labour rate", "rate level")},
    [CUSTOMER_AUTHORIZED] = {"authorized_person", "May authorize work", CALLED("authorized person", "authorized by", "authorized contact", "designated person")},
    [CUSTOMER_AUTHORIZED_PHONE] = {"authorized_phone", "Phone of that person", CALLED("authorized phone", "authorized person phone", "designated phone")},
    [CUSTOMER_TERMS]      = {"terms_days", "Terms, days", CALLED("terms", "terms days", "payment terms", "net days", "credit terms")},
    [CUSTOMER_LAST_VISIT] = {"last_visit_on", "Last visit",
        CALLED("last visit", "last visit on", "last in", "last service", "last service date", "last ro date", "last invoice date",
               "last visit date")},
    [CUSTOMER_NOTE]       = {"note", "Note", CALLED("notes", "note", "comments", "comment", "remarks", "memo", "customer notes", "bemerkung", "notas")},
};
static const struct import_target vehicle_targets[VEHICLE_TARGET_COUNT] = {
    [VEHICLE_NUMBER]        = {"external_number", "Number in the old system",
        CALLED("vehicle id", "vehicle number", "vehicle no", "veh id", "car id", "asset id", "external number", "id")},
    [VEHICLE_OWNER_NUMBER]  = {"owner_number", "Owner's number",
        CALLED("customer id", "customer number", "customer no", "cust id", "cust no", "owner id", "owner number", "account number",
               "client id", "customer", "account")},
    [VEHICLE_OWNER_FIRST]   = {"owner_first_name", "Owner's first name",
        CALLED("first name", "owner first name", "customer first name", "firstname", "first", "vorname")},
    [VEHICLE_OWNER_LAST]    = {"owner_last_name", "Owner's last name",
        CALLED("last name", "owner last name", "customer last name", "lastname", "last", "surname", "nachname")},
    [VEHICLE_OWNER_NAME]    = {"owner_name", "Owner's whole name",
        CALLED("customer name", "owner", "owner name", "full name", "client name", "client", "registered owner")},
    [VEHICLE_OWNER_COMPANY] = {"owner_company", "Owner's company", CALLED("company", "company name", "business name", "fleet", "fleet name")},
    [VEHICLE_OWNER_PHONE]   = {"owner_phone", "Owner's phone",
        CALLED("phone", "phone number", "customer phone", "owner phone", "mobile", "cell", "cell phone", "telephone", "primary phone")},
    [VEHICLE_OWNER_EMAIL]   = {"owner_email", "Owner's e-mail", CALLED("email", "e mail", "customer email", "owner email", "email address")},
    [VEHICLE_OWNER_STREET]  = {"owner_street", "Owner's street", CALLED("address", "street", "street address", "address 1", "owner address")},
    [VEHICLE_OWNER_CITY]    = {"owner_city", "Owner's city", CALLED("city", "town", "owner city")},
    [VEHICLE_OWNER_STATE]   = {"owner_state", "Owner's state", CALLED("state", "owner state", "customer state")},
    [VEHICLE_OWNER_ZIP]     = {"owner_zip", "Owner's ZIP code", CALLED("zip", "zip code", "zipcode", "postal code", "owner zip")},
    [VEHICLE_VIN]           = {"vin", "VIN", CALLED("vin", "vin number", "vehicle identification number", "vin no", "serial number", "chassis number")},
    [VEHICLE_PLATE]         = {"plate", "Plate",
        CALLED("licence plate", "license plate", "plate", "plate number", "license", "licence", "tag", "tag number", "license plate number",
               "license number", "license no", "kennzeichen", "placa")},
    [VEHICLE_PLATE_STATE]   = {"plate_state", "Plate's state",
        CALLED("plate state", "license state", "licence state", "tag state", "license plate state", "registration state")},
    [VEHICLE_UNIT]          = {"unit_number", "Unit number", CALLED("unit", "unit number", "unit no", "fleet number", "fleet unit", "asset number", "unit id")},
    [VEHICLE_YEAR]          = {"year", "Year", CALLED("year", "model year", "yr", "vehicle year", "baujahr", "ano")},
    [VEHICLE_MAKE]          = {"make", "Make", CALLED("make", "vehicle make", "manufacturer", "brand", "marke", "marca")},
    [VEHICLE_MODEL]         = {"model", "Model", CALLED("model", "vehicle model", "modell", "modelo")},
    [VEHICLE_TRIM]          = {"trim", "Trim", CALLED("trim", "submodel", "sub model", "series", "trim level")},
    [VEHICLE_BODY]          = {"body", "Body", CALLED("body", "body style", "body type", "style")},
    [VEHICLE_ENGINE]        = {"engine", "Engine", CALLED("engine", "engine size", "motor", "engine description", "engine type")},
    [VEHICLE_TRANSMISSION]  = {"transmission", "Transmission", CALLED("transmission", "trans", "transmission type", "gearbox")},
    [VEHICLE_DRIVE]         = {"drive", "Drive", CALLED("drive", "drivetrain", "drive type", "drive train", "wheel drive")},
    [VEHICLE_COLOR]         = {"color", "Color", CALLED("color", "colour", "exterior color", "ext color", "paint", "farbe")},
    [VEHICLE_NAME]          = {"name", "Year, make and model", CALLED("vehicle", "name", "vehicle name", "vehicle description", "description", "year make model")},
    [VEHICLE_MILES]         = {"odometer_mi", "Miles",
        CALLED("miles", "odometer", "mileage", "odometer mi", "current mileage", "last mileage", "last odometer", "odometer in", "mileage in",
               "odo", "km", "kilometers")},
    [VEHICLE_SERVICE_ON]    = {"last_service_on", "Last service",
        CALLED("last service", "last service date", "last visit", "last ro date", "last in", "last service on", "odometer date", "last visit date",
               "mileage date", "odometer on")},
    [VEHICLE_NOTE]          = {"note", "Note", CALLED("notes", "note", "comments", "vehicle notes", "remarks", "memo", "comment")},
};
static const struct import_target part_targets[PART_TARGET_COUNT] = {
    [PART_SKU]           = {"sku", "Part number",
        CALLED("part number", "sku", "part no", "part", "item number", "item no", "item", "item id", "part id", "number", "artikelnummer", "stock number")},
    [PART_NAME]          = {"name", "Name", CALLED("description", "name", "part description", "item description", "part name", "item name", "desc", "title")},
    [PART_UPC]           = {"upc", "Bar code", CALLED("upc", "barcode", "bar code", "ean", "gtin", "upc code", "scan code")},
    [PART_CATEGORY]      = {"category", "Category", CALLED("category", "part type", "type", "group", "department", "class", "product group")},
    [PART_VENDOR]        = {"vendor", "Vendor", CALLED("vendor", "supplier", "vendor name", "manufacturer", "brand", "line", "supplier name")},
    [PART_VENDOR_NUMBER] = {"vendor_number", "Vendor's number",
        CALLED("vendor number", "vendor part number", "supplier part number", "mfg part number", "manufacturer part number", "vendor part", "mpn")},
    [PART_BIN]           = {"bin", "Bin", CALLED("bin", "location", "bin location", "shelf", "stock location")},
    [PART_COST]          = {"cost", "Cost", CALLED("cost", "unit cost", "last cost", "average cost", "avg cost", "purchase price", "buy price", "cost each")},
    [PART_PRICE]         = {"price", "Price",
        CALLED("list", "price", "list price", "retail", "retail price", "sell price", "selling price", "unit price", "msrp", "sale price")},
    [PART_CORE]          = {"core", "Core", CALLED("core", "core value", "core charge", "core price", "core cost")},
    [PART_TAXABLE]       = {"taxable", "Taxable", CALLED("taxable", "tax", "is taxable")},
    [PART_ON_HAND]       = {"on_hand", "On hand",
        CALLED("on hand", "qty on hand", "quantity on hand", "quantity", "qty", "stock", "in stock", "qoh", "onhand", "available")},
    [PART_LOW]           = {"low", "Least", CALLED("min", "minimum", "low", "reorder point", "min qty", "reorder level", "minimum quantity")},
    [PART_HIGH]          = {"high", "Most", CALLED("max", "maximum", "high", "max qty", "order up to", "maximum quantity")},
};
static const struct import_target price_targets[PRICE_TARGET_COUNT] = {
    [PRICE_NUMBER] = {"number", "Vendor's number",
        CALLED("vendor number", "vendor part number", "supplier part number", "part number", "part no", "item number", "item no", "item",
               "mfg part number", "manufacturer part number", "mpn", "number", "vendor part", "catalog number", "order number")},
    [PRICE_SKU]    = {"sku", "Our part number", CALLED("sku", "our number", "our part number", "customer part number", "stock number")},
    [PRICE_UPC]    = {"upc", "Bar code", CALLED("upc", "barcode", "bar code", "ean", "gtin", "upc code")},
    [PRICE_NAME]   = {"name", "Name", CALLED("description", "name", "part description", "item description", "part name", "item name", "desc", "title")},
    [PRICE_VENDOR] = {"vendor", "Vendor", CALLED("vendor", "supplier", "vendor name", "supplier name")},
    [PRICE_COST]   = {"cost", "Cost",
        CALLED("cost", "unit cost", "your cost", "net", "net price", "your price", "dealer", "dealer net", "dealer price", "jobber",
               "jobber price", "wholesale", "cost each", "purchase price", "invoice price")},
    [PRICE_LIST]   = {"price", "List price",
        CALLED("list", "list price", "msrp", "retail", "retail price", "suggested retail", "price", "unit price", "sell price")},
    [PRICE_CORE]   = {"core", "Core", CALLED("core", "core value", "core charge", "core price", "core cost", "core deposit")},
    [PRICE_PACK]   = {"pack", "Sold in", CALLED("pack", "pack size", "package", "pack qty", "std pack", "standard package", "case qty", "unit of sale")},
};
/* clang-format on */

size_t import_targets(enum import_noun noun, const struct import_target **ret_targets)
{
    switch (noun) {
    case IMPORT_CUSTOMERS:
        *ret_targets = customer_targets;
        return CUSTOMER_TARGET_COUNT;
    case IMPORT_VEHICLES:
        *ret_targets = vehicle_targets;
        return VEHICLE_TARGET_COUNT;
    case IMPORT_PARTS:
        *ret_targets = part_targets;
        return PART_TARGET_COUNT;
    case IMPORT_PRICES:
        *ret_targets = price_targets;
        return PRICE_TARGET_COUNT;
    case IMPORT_NOUN_COUNT:
    default:
        *ret_targets = NULL;
        return 0;
    }
}
