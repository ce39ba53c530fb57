/** Policies, budgets, routes and facilitators from one YAML file. */
@NullMarked
package dev.x402.config;

import org.jspecify.annotations.NullMarked;
