// snippet: file
package org.example;

/** A port: the payer's account, and its signature. */
public interface PebblePurse {
    String account();

    String sign(String text);
}
// end: file
