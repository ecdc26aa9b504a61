package obnam.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The fallback keeps the contract, and says what it cannot do.
class NioFileSystemTest extends FileContract {
    @Override
    FileSystem createFileSystem() {
        return new NioFileSystem();
    }

    @Test
    void nodesAreNotSupported() {
        PosixException refused = failure(() -> directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0));

        assertThat(refused.isNotSupported()).isTrue();
    }

    @Test
    void attributesOfTheSystemAreNotSupported() {
        create("file");
        ExtendedAttribute attribute = new ExtendedAttribute(name("security.x"), name("value"));

        PosixException refused = failure(() -> directory.setExtendedAttribute(name("file"), attribute));
        assertThat(refused.isNotSupported()).isTrue();
    }

    @Test
    void timesBefore1970LoseTheirFractionOnly() {
        create("file");
        directory.setTimes(name("file"), new Timestamp(-5, 123), new Timestamp(-86_401, 999_999_999));

        assertThat(directory.status(name("file")).accessed()).isEqualTo(new Timestamp(-5, 0));
        assertThat(directory.status(name("file")).modified()).isEqualTo(new Timestamp(-86_401, 0));
    }
}
