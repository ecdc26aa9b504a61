/// Linux system calls through java.lang.foreign, with a java.nio fallback.
package obnam.posix;
