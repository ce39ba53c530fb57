/** The payer: chooses an offer by policy and signs it once. */
@NullMarked
package dev.x402.core.payer;

import org.jspecify.annotations.NullMarked;
