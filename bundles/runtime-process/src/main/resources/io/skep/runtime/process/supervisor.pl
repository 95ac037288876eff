# The parent of one process: keeps its output with times in numbered files, and notes its number and exit code on disk.
# It outlives the Java virtual machine that started it, and needs nothing but perl-base, which every Debian has.
#
# usage: perl supervisor.pl HOME EXIT_FILE MAX_FILE_BYTES MAX_FILES DIRECTORY PROGRAM [ARGUMENT...]
# MAX_FILES may be 0: then no output is kept.
# Prints nothing once the program was executed, or else why it was not.
use strict;
use warnings;
use Fcntl;
use POSIX ();

my ($home, $exit_file, $max_bytes, $max_files, $directory, @command) = @ARGV;
my $clock = eval { require Time::HiRes; \&Time::HiRes::time } || sub { time };
my ($log, $number, $written) = (undef, 0, 0);

# One supervisor a process, even when two are started.
sysopen(my $claim, "$home/supervisor", O_WRONLY | O_CREAT | O_EXCL, 0600) or exit 0;

pipe(my $word_in, my $word_out) or die "pipe: $!\n";
my $supervisor = fork() // die "fork: $!\n";
if ($supervisor) {
    close $word_out;
    my $word = join '', <$word_in>;
    print $word;
    POSIX::_exit(0) if $word eq '';
    exit 1;
}
close $word_in;
POSIX::setsid();
$SIG{HUP} = $SIG{INT} = 'IGNORE';
open $_, '+<', '/dev/null' or die for *STDIN, *STDOUT, *STDERR;
syswrite $claim, identity($$);
close $claim;

pipe(my $wake_in, my $wake_out) or die;
$SIG{CHLD} = sub { syswrite $wake_out, '.' };
pipe(my $out, my $out_end) or die;
pipe(my $err, my $err_end) or die;
next_file();
my $child = fork() // die;
execute() if !$child;
close $_ for $out_end, $err_end;
note("$home/process", identity($child));
close $word_out;

my %stream = (fileno($out) => [$out, 'stdout'], fileno($err) => [$err, 'stderr']);
my $status = watch();
kill KILL => -$child;
for my $each (values %stream) {
    fcntl($each->[0], F_SETFL, O_NONBLOCK);
    1 while copy(@$each);
}
note($exit_file, POSIX::WIFSIGNALED($status) ? 128 + POSIX::WTERMSIG($status) : POSIX::WEXITSTATUS($status));

# In the child: becomes the program, in a session of its own, so that all it starts can be ended together.
sub execute {
    POSIX::setsid();
    $SIG{$_} = 'DEFAULT' for qw(HUP INT CHLD);
    POSIX::dup2(fileno($out_end), 1);
    POSIX::dup2(fileno($err_end), 2);
    if (!chdir $directory) {
        syswrite $word_out, "$directory: $!";
    }
    elsif (!exec { $command[0] } @command) {
        syswrite $word_out, "$command[0]: $!";
    }
    POSIX::_exit(127);
}

# Copies output until the program ends; returns its status.
sub watch {
    while (1) {
        my $readable = '';
        vec($readable, $_, 1) = 1 for keys %stream, fileno($wake_in);
        next if select($readable, undef, undef, undef) < 0;
        for my $fd (keys %stream) {
            delete $stream{$fd} if vec($readable, $fd, 1) && !copy(@{ $stream{$fd} });
        }
        if (vec($readable, fileno($wake_in), 1)) {
            sysread $wake_in, my $ignored, 64;
            return $? if waitpid($child, POSIX::WNOHANG()) == $child;
        }
    }
}

# Writes what one stream has to the log; false at its end. A line that has not ended is tagged P, the end of a line F.
sub copy {
    my ($from, $name) = @_;
    my $count = sysread $from, my $text, 8192;
    return 0 if !$count;
    my $now = $clock->();
    my $head = POSIX::strftime('%Y-%m-%dT%H:%M:%S', gmtime $now) . sprintf('.%06dZ %s', ($now - int $now) * 1e6, $name);
    while (length $text) {
        my $end = index $text, "\n";
        my $line = $end < 0 ? "$head P $text\n" : "$head F " . substr($text, 0, $end) . "\n";
        $text = $end < 0 ? '' : substr $text, $end + 1;
        next_file() if $max_files && $written && $written + length $line > $max_bytes;
        syswrite $log, $line;
        $written += length $line;
    }
    return 1;
}

# Goes on to the next log file and gives up the oldest; into none when none is to be kept.
sub next_file {
    if (!$max_files) {
        open $log, '>', '/dev/null' or die;
        return;
    }
    $number++;
    $written = 0;
    open $log, '>', sprintf('%s/logs/%08d', $home, $number) or die;
    unlink sprintf '%s/logs/%08d', $home, $number - $max_files if $number > $max_files;
}

# Number, start time in ticks since the boot, and boot of a process: what tells it from a later one of the same number.
sub identity {
    my ($pid) = @_;
    my $stat = slurp("/proc/$pid/stat");
    my $start = (split ' ', substr $stat, rindex($stat, ')') + 2)[19];
    return "$pid $start " . slurp('/proc/sys/kernel/random/boot_id');
}

sub slurp {
    open my $file, '<', $_[0] or return '';
    local $/;
    return scalar <$file>;
}

# Writes a file whole or not at all.
sub note {
    my ($path, $text) = @_;
    open my $file, '>', "$home/draft" or die;
    syswrite $file, $text;
    close $file;
    rename "$home/draft", $path;
}
