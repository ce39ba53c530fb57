package dev.x402.http.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Tells whether an address leads from the public net into a private one. */
final class Inward {
    private final Names names;

    Inward(Names names) {
        this.names = names;
    }

    /** Looks up what a host's name stands for. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Whether a redirect leads from a public host to one that is not; names that nobody knows are public. */
    boolean leads(URI from, URI to) {
        return isPrivate(to) && !isPrivate(from);
    }

    /** Whether nobody can read or change what is said to this address on the way. */
    static boolean isPrivateTo(URI address) {
        Origin origin = Origin.of(address);
        String host = origin.host();
        return origin.scheme().equals("https")
                || host.equals("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
    }

    private boolean isPrivate(URI address) {
        try {
            return Arrays.stream(names.of(Optional.ofNullable(address.getHost()).orElse("")))
                    .anyMatch(Inward::isPrivate);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean carrier = bytes.length == 4 && ((first == 100 && second >> 6 == 1) || first == 0 || first >= 240);
        boolean local = bytes.length == 16 && ((first & 0xfe) == 0xfc || (first == 0 && second == 0x64));
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || carrier
                || local;
    }
}
