/** The buyer's side of discovery: search a catalogue, pay what was found. */
@NullMarked
package dev.x402.bazaar.client;

import org.jspecify.annotations.NullMarked;
