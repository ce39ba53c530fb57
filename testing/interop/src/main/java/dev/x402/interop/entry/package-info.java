/** Client, server and facilitator as the processes that the reference end-to-end suite starts. */
@NullMarked
package dev.x402.interop.entry;

import org.jspecify.annotations.NullMarked;
