/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_KNOWN_RANDOM_H
#define PITLANE_TESTS_DOMAIN_KNOWN_RANDOM_H

/* The random values of the program under test - keys, seeds, codes, tokens - are the same in every
 * run: a test that a rare value breaks is broken always or never. PITLANE_SEED=N gives others. */

/* A sequence of its own for each shop of a program, whatever went before. Threads share it; a
 * process that is forked goes on with true randomness, lest two of them come to the same tokens. */
void known_random_begin(void);

#endif
