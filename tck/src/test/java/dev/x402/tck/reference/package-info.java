/** A scheme and a rail in memory, right in everything that the kit asks, unless told to be wrong. */
package dev.x402.tck.reference;
