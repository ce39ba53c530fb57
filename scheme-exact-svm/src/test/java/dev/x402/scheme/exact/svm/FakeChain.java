package dev.x402.scheme.exact.svm;

import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A chain that knows one blockhash and two mints. */
final class FakeChain implements PayerReads {
    final List<String> asked = new ArrayList<>();
    int decimals = 6;
    SvmAddress program = Programs.TOKEN_2022;
    boolean down;

    @Override
    public Blockhash blockhash(Network network, Instant by) {
        ask("blockhash");
        return Offline.BLOCKHASH;
    }

    @Override
    public Mint mint(Network network, SvmAddress mint, Instant by) {
        ask("mint");
        return new Mint(mint.toString().equals(Offline.USDC) ? Programs.TOKEN : program, decimals);
    }

    private void ask(String what) {
        if (down) {
            throw new RailUnavailableException("the chain is down");
        }
        asked.add(what);
    }
}
