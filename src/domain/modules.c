/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of modules, from modules.def, and operations by name. */

#include "base/text.h"
#include "domain/op.h"

#define MODULE(name) extern const struct module name##_module;
#include "domain/modules.def"
#undef MODULE

#define MODULE(name) &name##_module,
const struct module *const modules[] = {
#include "domain/modules.def"
};
#undef MODULE
const size_t module_count = COUNT_OF(modules);

const struct op *op_find(const char *name)
{
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            if (text_same(modules[m]->ops[i]->name, name))
                return modules[m]->ops[i];
    return NULL;
}
