package dev.x402.testbed.svm;

/** How an RPC call goes wrong on purpose. */
public enum SvmFault {
    /** The connection breaks before the node did anything. */
    LOST_REQUEST,
    /** The node does what it was asked, then the connection breaks. */
    LOST_ANSWER,
    /** The request stays without an answer, and nothing was done. */
    SILENCE,
    /** HTTP 503. */
    UNAVAILABLE,
    /** HTTP 429. */
    TOO_MANY,
    /** HTTP 200 with a page. */
    GARBAGE,
    /** The RPC's error -32005: the node is behind. */
    BEHIND
}
