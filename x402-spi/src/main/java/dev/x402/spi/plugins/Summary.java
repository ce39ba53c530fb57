package dev.x402.spi.plugins;

import dev.x402.spec.Network;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Says in few words which networks are meant. */
final class Summary {
    private static final int LISTED = 3;

    private Summary() {}

    /** Such as {@code ach:us}, or {@code 23 networks of eip155}. */
    static String of(Collection<Network> networks) {
        List<Network> distinct = networks.stream().distinct().sorted().toList();
        return distinct.size() <= LISTED
                ? distinct.stream().map(Network::toString).collect(Collectors.joining(", "))
                : distinct.size() + " networks of "
                        + distinct.stream().map(Network::namespace).distinct().collect(Collectors.joining(", "));
    }
}
