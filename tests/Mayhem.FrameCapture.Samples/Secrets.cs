namespace Mayhem.FrameCapture.Samples;

/// <summary>A value that no report may show.</summary>
[Sensitive]
public sealed class Credential(string value)
{
    public string Value { get; } = value;
}

/// <summary>An object with marked and telling members.</summary>
public sealed record Login(string User, [Sensitive] string Answer, [property: Sensitive] string Hint)
{
    public string Password { get; init; } = "planted-5";

    [Sensitive]
    public string Note { get; init; } = "planted-6";
}

/// <summary>Methods that know secrets.</summary>
public static class Secrets
{
    public static void Use([Sensitive] string marked, Credential credential, string apiKey, string user)
    {
        var login = new Login(user, "planted-7", "planted-8");
        var connectionString = "planted-9";
        var headers = new Dictionary<string, string> { ["Authorization"] = "planted-10", ["Accept"] = "all" };
        throw new InvalidOperationException($"{marked.Length}{credential.Value.Length}{apiKey.Length}{login.User}{connectionString.Length}{headers.Count}");
    }

    public static void Capture([Sensitive] string marked, string user)
    {
        Func<string> use = () =>
        {
            var text = marked.Length + user;
            throw new InvalidOperationException(text);
        };
        use();
    }

    public static async Task UseLater([Sensitive] string marked, string user)
    {
        await Task.Yield();
        throw new InvalidOperationException($"{marked.Length}{user}");
    }
}
