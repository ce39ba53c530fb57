/** Discovery: what sellers declare, and what is proven of it before it is listed. */
@NullMarked
package dev.x402.bazaar;

import org.jspecify.annotations.NullMarked;
