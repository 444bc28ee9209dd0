/** Imported before anything that loads the AWS SDK. */

// What Node replint runs on is its own package.json's word; the lock file pins the SDK that still agrees.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
