/** An agent that finds services in a catalogue and pays under a budget. */
@NullMarked
package dev.x402.agent;

import org.jspecify.annotations.NullMarked;
