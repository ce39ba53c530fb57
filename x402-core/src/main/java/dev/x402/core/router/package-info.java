/** Several facilitators behind one: chosen by a policy, asked with care, never two of them to settle one payment. */
@NullMarked
package dev.x402.core.router;

import org.jspecify.annotations.NullMarked;
