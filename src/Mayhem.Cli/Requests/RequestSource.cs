namespace Mayhem.Cli.Requests;

/// <summary>Where requests are read from: a file or standard input.</summary>
/// <param name="Name">What error messages call it.</param>
/// <param name="Stream">The bytes.</param>
internal sealed record RequestSource(string Name, Stream Stream) : IDisposable
{
    /// <summary>Opens a file; <c>-</c> is standard input.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static RequestSource Open(string path)
    {
        if (path is "-")
            return new RequestSource("stdin", Console.OpenStandardInput());
        if (string.IsNullOrWhiteSpace(path))
            throw new UsageException("--requests is empty: name a file, or - for standard input");
        try
        {
            return new RequestSource(Path.GetFileName(path), new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--requests {path} cannot be read: {Reason(error)}", error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Stream.Dispose();

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or access is denied",
        _ => error.Message,
    };
}
