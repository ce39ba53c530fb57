/** Runs other people's programs as local chains: where they are, their processes, their JSON-RPC. */
@NullMarked
package dev.x402.testbed;

import org.jspecify.annotations.NullMarked;
