package dev.x402.tck;

/** What a plugin can do, and what a fixture lets the kit do; rules name what they need. */
public enum Capability {
    /** The scheme has a payer's side, and the fixture gives it its ports. */
    CLIENT,
    /** The scheme has a payee's side, and the fixture gives it its ports. */
    SERVER,
    /** The scheme has a facilitator's side, or the fixture gives a facilitator. */
    FACILITATOR,
    /** A settlement moves exactly the amount of the offer. */
    FULL_AMOUNT,
    /** The facilitator sees before settling whether the payer has the money. */
    KNOWN_BALANCE,
    /** A payment ends at its {@code liveUntil}, and the rail's time follows {@link RailControl#tick}. */
    EXPIRES,
    /** {@link RailControl#hold} keeps what is sent from landing. */
    HOLDS,
    /** {@link RailControl#drop} loses what was sent and has not landed. */
    DROPS,
    /** A second attempt for one slot excludes the first, and {@link RailControl#land} chooses. */
    REPLACES,
    /** {@link RailControl#strangerSettles} moves the money by somebody else's transaction. */
    STRANGERS,
    /** {@link RailControl#strangerBurns} uses up the payer's right without paying the payee. */
    BURNS,
    /** {@link RailControl#loseNextAnswer} loses the answer of the next sending. */
    LOST_ANSWERS,
    /** {@link RailControl#outage} cuts the rail off. */
    OUTAGES,
    /** {@link RailControl#reverse} returns a landed payment until it is final, also before anybody saw it land. */
    REVERSES,
    /** {@link RailControl#reorganise} makes a landed payment vanish before it is final. */
    REORGANISES
}
