package dev.x402.testbed.svm;

import java.util.List;

/**
 * A token of the local Solana.
 *
 * @param address Base58
 * @param program which token program owns it
 * @param decimals how many decimals an amount has
 * @param extensions the names of its Token-2022 extensions, such as {@code transferFee}; see {@link #WITH_FEE} and the
 *     others
 */
public record SvmMint(String address, Program program, int decimals, List<String> extensions) {

    /** USDC at its address on devnet. */
    public static final SvmMint USDC =
            new SvmMint("4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU", Program.TOKEN, 6, List.of());

    /** A dollar of Token-2022 without any extension. */
    public static final SvmMint DOLLAR_2022 = token2022("6LMWGPGERDz2jEWyRcFzpqHX1M4zkcDcQtY8ZNFHY6n7");

    /** Takes a fee of one percent from what the destination gets. */
    public static final SvmMint WITH_FEE = token2022("4GTikW49GnuSeXpU16sxvnsgZcAtifNnNez3Hm8wdzRb", "transferFee");

    /** Calls a program at each transfer, {@link #HOOK}, which is not there. */
    public static final SvmMint WITH_HOOK = token2022("AqhhkcjS8hAS9Vonkw6Pxrq6JuLwyrWWvY5zdGE3hZJB", "transferHook");

    /** Lets the issuer move everybody's money. */
    public static final SvmMint WITH_DELEGATE =
            token2022("13W9vwQJuhqxYVtEoRZgcxZ4L93Yj6x2ryng67yjWaEq", "permanentDelegate");

    /** Opens every account frozen. */
    public static final SvmMint FROZEN_AT_FIRST =
            token2022("rHXnx6n7SKVTL3otC46Ww4SKw78cmNY1Udr3vmPGuwA", "defaultFrozen");

    /** Refuses every transfer. */
    public static final SvmMint NON_TRANSFERABLE =
            token2022("BCbwksHpZB1wU1hYX1b8XBmoz8JRVvtgXVTZJCa2gxpK", "nonTransferable");

    /** Lets the issuer stop all transfers. */
    public static final SvmMint PAUSABLE = token2022("7o8vTo98pZ6VDyrvFTCPm1scaGjCKJojhtmM8ZPiyerc", "pausable");

    /** The program that {@link #WITH_HOOK} names. */
    public static final String HOOK = "AA7b82yWDpThpkzTUu2juc5ahyK6Ws1woCxrpq4aTE2G";

    /** All of the above, as every node has them. */
    public static final List<SvmMint> ALL =
            List.of(USDC, DOLLAR_2022, WITH_FEE, WITH_HOOK, WITH_DELEGATE, FROZEN_AT_FIRST, NON_TRANSFERABLE, PAUSABLE);

    /** Copies the list. */
    public SvmMint {
        extensions = List.copyOf(extensions);
    }

    private static SvmMint token2022(String address, String... extensions) {
        return new SvmMint(address, Program.TOKEN_2022, 6, List.of(extensions));
    }

    /** A token program. */
    public enum Program {
        /** SPL Token. */
        TOKEN("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
        /** Token-2022. */
        TOKEN_2022("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

        private final String address;

        Program(String address) {
            this.address = address;
        }

        /** Returns the program's address. */
        public String address() {
            return address;
        }
    }
}
