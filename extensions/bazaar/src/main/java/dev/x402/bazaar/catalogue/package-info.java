/** The catalogue of proven listings: its store, its answers over HTTP, its page. */
@NullMarked
package dev.x402.bazaar.catalogue;

import org.jspecify.annotations.NullMarked;
