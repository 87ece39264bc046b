"""Foreign words people write to an office; a slip of a Vietnamese syllable is never seen in them."""

LOANWORDS = frozenset(
    """
    account admin android app apple atm bank best bill bluetooth bus call camera card chat check click code contact cost covid
    cookie cookies data deadline down download email enter excel facebook fast fax file first font form forum free game gas gmail
    google hello help hotel hotline http https icloud information internet iphone java laptop last like link list live login
    logout lost mail map maps marketing master menu messenger microsoft mobile momo new nick note office offline ok okay oke old
    online open order otp pass passport password pay pdf phone photo photocopy pin please plus pos post print pro qr query ram
    registration renew samsung scan scanner screenshot send server service share shop show sim sms solar spam speed status stop
    stress submit support system tag taxi team telegram test text thanks tiktok time tivi token top tour twitter type update
    upload url usb user vatid version viber video viettel vinaphone vip visa vneid vnpt vssid vnpost web website wifi windows
    word yes youtube zalo zalopay zoom canon foxconn amkor luxshare goertek hana micron nidec
    """.split()
)
