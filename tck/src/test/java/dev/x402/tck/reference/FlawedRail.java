package dev.x402.tck.reference;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A rail that is wrong on request. */
final class FlawedRail implements Rail {
    private final Rail right = new LedgerRail();
    private final Flaw flaw;
    private int asked;

    FlawedRail(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public Collection<RailNetwork> networks() {
        Network known = LedgerRail.NETWORK;
        return switch (flaw) {
            case NETWORK_UNKNOWN -> List.of(network(Network.parse("mem:2"), "Memory", 4));
            case NETWORKS_CHANGE -> List.of(network(known, "Memory", 4 + asked++));
            case NEGATIVE_TIME -> List.of(network(known, "Memory", -4));
            case NETWORK_NAMELESS -> List.of(network(known, " ", 4));
            case WINDOW_UNTOLD ->
                List.of(new RailNetwork(known, "Memory", true, Duration.ofSeconds(4), Duration.ZERO, Stage.SETTLED));
            default -> right.networks();
        };
    }

    private static RailNetwork network(Network id, String name, int seconds) {
        return new RailNetwork(id, name, true, Duration.ofSeconds(seconds), Ledger.WINDOW, Stage.SETTLED);
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return switch (flaw) {
            case SPELLING_UNSETTLED ->
                account.startsWith("ACCT-")
                        ? Optional.of("acct-" + account.substring(5))
                        : right.canonicalAccount(network, account);
            case ACCOUNT_UNKNOWN -> right.canonicalAccount(network, account).filter(known -> !known.endsWith("b"));
            case ACCOUNTS_STRIPPED -> right.canonicalAccount(network, account.strip());
            case FOREIGN_ACCOUNTS -> right.canonicalAccount(LedgerRail.NETWORK, account);
            default -> right.canonicalAccount(network, account);
        };
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        if (flaw == Flaw.ASSETS_THROW && asset.isEmpty()) {
            throw new StringIndexOutOfBoundsException("no first letter");
        }
        if (flaw == Flaw.ASSET_SPELLING_UNSETTLED && asset.equals("COIN")) {
            return Optional.of("Coin");
        }
        return right.canonicalAsset(network, asset);
    }
}
