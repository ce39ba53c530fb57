/** How plugins are found, judged once, and looked up by scheme and network. */
@NullMarked
package dev.x402.spi.plugins;

import org.jspecify.annotations.NullMarked;
