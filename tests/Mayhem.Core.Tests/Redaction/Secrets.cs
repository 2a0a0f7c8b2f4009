namespace Mayhem.Core.Tests.Redaction;

/// <summary>Secrets as they turn up in texts; each text contains <see cref="Value"/>, or all of it is the secret.</summary>
internal static class Secrets
{
    public const string Value = "Pl4nt3dS3cr3tV4lu3";

    private const string Base64Of64Bytes = "Pl4nt3dS3cr3tV4lu3AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLLMMMMNNNNOOOOPPPPQQQQ";

    /// <summary>Texts of which nothing of the value may be left.</summary>
    public static readonly string[] Texts =
    [
        $"Server=db;User Id=sa;Password={Value};Encrypt=true",
        $"Server=db;User Id=sa;Pwd={Value}",
        $"Server=db;Password=correct horse {Value} staple;Database=x",
        $"Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={Value}AAAAAAAAAAAAAAAAAAAAAAAAA=",
        $"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Value}==;EndpointSuffix=core.windows.net",
        $"AccountEndpoint=https://x.documents.azure.com:443/;AccountKey={Value}==;",
        $"https://a.blob.core.windows.net/c/b?sv=2024-01-01&sig={Value}%3D&se=2026",
        $"SharedAccessSignature sr=sb%3a%2f%2fns&sig={Value}%3d&se=1&skn=Root",
        $"Authorization: Bearer {Value}",
        $"the header was 'Bearer {Value}'.",
        $"Basic dXNlcjpwYXNz{Value}",
        $"Cookie: a=1; session={Value}; b=2",
        $"Set-Cookie: session={Value}; Path=/",
        $"token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI{Value}.{Value}",
        $"-----BEGIN RSA PRIVATE KEY-----\nMIIE{Value}\n{Value}\n-----END RSA PRIVATE KEY-----",
        $"-----BEGIN PRIVATE KEY-----\n{Value}",
        $"key {Base64Of64Bytes}== was refused",
        $"https://x.example/a/{Base64Of64Bytes}==",
        $"amqps://user:{Value}@host.example:5671/vhost",
        $"http://:{Value}@proxy:8080",
        $"{{\"clientSecret\":\"{Value}\",\"x\":1}}",
        $"{{\\\"password\\\": \\\"{Value}\\\", \\\"x\\\": 1}}",
        $"password = '{Value} and more'",
        $"apiKey={Value}, api-key: {Value}, x-functions-key: {Value}",
        $"access_token={Value}&refresh_token={Value}&host=web-3",
        $"connection string: {Value}",
        $"abc8Q~{Value}0123456789abcdef",
        $"key {"Pl4nt3dS3cr3tV4lu3AAAABBBBCCCCDDD"}+ASbABCDEF= refused",
        $"CLIENT_SECRET={Value}",
        $"pwd:{Value}",
    ];

    /// <summary>Texts that are nobody's secret.</summary>
    public static readonly string[] Harmless =
    [
        "Host 'web-3' did not come back within 00:00:30.",
        "request 2026-11-20-0042, trace 0af7651916cd43dd8448eb211c80319c, message 0199a7b2c3d47e5f8091a2b3c4d5e6f7:r3",
        "lock token 6f9619ff-8b86-d011-b42d-00c04fc964ff of message m-1",
        "LockToken not found; lockToken=6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "Basic authentication is not allowed; use Bearer tokens instead.",
        "The given key 'web-3' was not present in the dictionary.",
        "An item with the same key has already been added. Key: web-3",
        "body was eyJhIjoxfQ== and TWF5aGVt, sha 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "GET https://ns.servicebus.windows.net:443/queue?api-version=2021-05 failed with 503",
        "http://localhost:8080/users/@me and sb://ns.servicebus.windows.net/",
        "The password has expired. Ask for a new token, or a new secret.",
        "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----",
        "sasquatch: seen near web-3",
    ];
}
