using Mayhem.Redaction;

namespace Mayhem.Core.Tests.Redaction;

public class RedactedExceptionTests
{
    [Fact]
    public void Of_NothingSecret_IsTheExceptionItself()
    {
        var exception = new AggregateException(new TimeoutException("no answer"), new IOException("full"));

        Assert.Same(exception, RedactedException.Of(exception));
    }

    [Fact]
    public void Of_ASecretDeepDown_IsInNoText_AndTheRestStays()
    {
        var thrown = Assert.Throws<InvalidOperationException>(Throw);

        var redacted = RedactedException.Of(thrown);

        Assert.IsType<RedactedException>(redacted);
        Assert.Equal("it failed", redacted.Message);
        Assert.Equal("Password=(redacted)", redacted.InnerException!.Message);
        Assert.Equal(thrown.StackTrace, redacted.StackTrace);
        Assert.Contains("System.InvalidOperationException: it failed", redacted.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), redacted.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secrets.Value, redacted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ATypeThatTellsASecretInItsText_IsRedacted()
    {
        var redacted = RedactedException.Of(new InvalidOperationException("it failed", new TellingException()));

        Assert.Equal("token=(redacted)", redacted.InnerException!.ToString());
        Assert.DoesNotContain(Secrets.Value, redacted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnExceptionWithoutAReadableText_DoesNotThrow()
    {
        var bad = new UnreadableException();

        Assert.Contains("while its text was read", RedactedException.Of(new InvalidOperationException($"pwd={Secrets.Value}", bad)).ToString(), StringComparison.Ordinal);
    }

    private static void Throw()
    {
        try
        {
            throw new IOException($"Password={Secrets.Value}");
        }
        catch (IOException inner)
        {
            throw new InvalidOperationException("it failed", inner);
        }
    }

    private sealed class TellingException : Exception
    {
        public override string ToString() => $"token={Secrets.Value}";
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new FormatException();

        public override string ToString() => throw new FormatException();
    }
}
