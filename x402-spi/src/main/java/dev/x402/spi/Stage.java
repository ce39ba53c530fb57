package dev.x402.spi;

import java.util.Arrays;
import java.util.Optional;

/** How far a landed payment is from final; in rising order. */
public enum Stage {
    /** It was seen and may vanish, as by a reorganisation. */
    SEEN("seen"),
    /** It is done, and may be returned by the rail's rules. */
    SETTLED("returnable"),
    /** It is irrevocable. */
    FINAL("final");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** The word in {@code extra.finality} of a receipt: {@code seen}, {@code returnable} or {@code final}. */
    public String word() {
        return word;
    }

    /** The stage of this word; empty for any other spelling. */
    public static Optional<Stage> ofWord(String word) {
        return Arrays.stream(values()).filter(stage -> stage.word.equals(word)).findFirst();
    }
}
