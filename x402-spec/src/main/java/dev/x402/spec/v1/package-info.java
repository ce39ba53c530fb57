/**
 * The words of x402 version 1, for peers that still speak it.
 *
 * <p>Networks have names here and no CAIP-2 identifier. Nothing of this package mixes with version 2.
 */
@NullMarked
package dev.x402.spec.v1;

import org.jspecify.annotations.NullMarked;
