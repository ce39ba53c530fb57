/** What the three roles share: a request that arrived, and the answer to it. */
@NullMarked
package dev.x402.http;

import org.jspecify.annotations.NullMarked;
