/** Adapters for Jakarta Servlet containers. */
@NullMarked
package dev.x402.http.servlet;

import org.jspecify.annotations.NullMarked;
