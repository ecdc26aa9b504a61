package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The small value types, errors and accounts.
class ValuesTest {
    @Test
    void timestampsTakeNanosecondsOfOneSecondOnly() {
        assertThat(new Timestamp(Long.MIN_VALUE, 999_999_999).nanoseconds()).isEqualTo(999_999_999);
        assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(0, 1_000_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(1, -1));
        assertThat(Timestamp.OMIT.isOmitted()).isTrue();
        assertThat(new Timestamp(0, 0).isOmitted()).isFalse();
    }

    @Test
    void timestampsAreOrderedAndReadable() {
        assertThat(new Timestamp(-1, 999_999_999)).isLessThan(new Timestamp(0, 0));
        assertThat(new Timestamp(5, 1)).isLessThan(new Timestamp(5, 2));
        assertThat(new Timestamp(-1, 500_000_000)).hasToString("1969-12-31T23:59:59.500Z");
        assertThat(new Timestamp(Long.MAX_VALUE, 3)).hasToString(Long.MAX_VALUE + " s + 3 ns");
        assertThat(Timestamp.OMIT).hasToString("omitted");
    }

    @Test
    void attributesAreEqualByContent() {
        ExtendedAttribute one = new ExtendedAttribute(FileNames.of("user.x"), new byte[] {1, 2});

        assertThat(new ExtendedAttribute(FileNames.of("user.x"), new byte[] {1, 2}))
                .isEqualTo(one)
                .hasSameHashCodeAs(one)
                .hasToString("user.x (2 bytes)");
        assertThat(new ExtendedAttribute(FileNames.of("user.x"), new byte[] {1}))
                .isNotEqualTo(one);
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtendedAttribute(new byte[0], new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtendedAttribute(new byte[1], new byte[0]));
    }

    @Test
    void anErrorIsOnePrintableLine() {
        PosixException failure = new PosixException(Errno.EACCES, "open", FileNames.of("a\n\u001b[2J"));

        assertThat(failure).hasMessage("cannot open a\\n\\x1b[2J: permission denied (EACCES)");
        assertThat(failure.errorName()).isEqualTo("EACCES");
        assertThat(failure.reason()).isEqualTo("permission denied");
        assertThat(failure.operation()).isEqualTo("open");
        assertThat(failure.path()).isEqualTo(FileNames.of("a\n\u001b[2J"));
        assertThat(failure.isPermission()).isTrue();
        assertThat(failure.isNotFound()).isFalse();
        assertThat(new PosixException(999, "read", new byte[0]))
                .hasMessage("cannot read: system error 999 (errno 999)");
    }

    @Test
    void rootIsUserAndGroupZero() {
        Users users = new Users();

        assertThat(users.userName(0)).contains(FileNames.of("root"));
        assertThat(users.userId(FileNames.of("root"))).hasValue(0);
        assertThat(users.groupName(0)
                        .flatMap(name -> users.groupId(name).stream().boxed().findFirst()))
                .contains(0L);
    }

    @Test
    void unknownAccountsHaveNoName() {
        Users users = new Users();

        assertThat(users.userName(4_000_111_222L)).isEmpty();
        assertThat(users.groupName(4_000_111_222L)).isEmpty();
        assertThat(users.userId(FileNames.of("no such user\u00ff"))).isEmpty();
        assertThat(users.groupId(FileNames.of("no such group\u00ff"))).isEmpty();
    }

    @Test
    void theNameServiceKnowsWhatTheFilesKnow() {
        assertThat(NameService.userName(0)).contains(FileNames.of("root"));
        assertThat(NameService.userId(FileNames.of("root"))).hasValue(0);
        assertThat(NameService.groupId(NameService.groupName(0).orElseThrow())).hasValue(0);
    }

    @Test
    void theCommandLineIsToldInBytes() {
        List<byte[]> all = ProcessArguments.all();

        assertThat(all).isNotEmpty();
        assertThat(FileNames.display(all.getFirst())).endsWith("java");
        assertThat(ProcessArguments.last(1)).containsExactly(all.getLast());
        assertThat(ProcessArguments.last(0)).isEmpty();
        assertThat(ProcessArguments.last(100_000)).isEmpty();
    }
}
