package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import java.time.Duration;

/**
 * A network and how money becomes final on it.
 *
 * @param id the network
 * @param name for people, such as {@code Base Sepolia}
 * @param testnet whether its money is worth nothing
 * @param expectedTime from sending to {@code answerAt}, usually
 * @param reversalWindow how long a settled payment may be returned; zero where it cannot
 * @param answerAt the stage at which a settlement is answered; an operator may raise it
 */
public record RailNetwork(
        Network id, String name, boolean testnet, Duration expectedTime, Duration reversalWindow, Stage answerAt) {
    public RailNetwork {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(expectedTime, "expectedTime");
        requireNonNull(reversalWindow, "reversalWindow");
        requireNonNull(answerAt, "answerAt");
    }
}
