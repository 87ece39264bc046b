"""Foreign words and sounds people write to an office; a slip of a Vietnamese syllable is never seen in them."""

_WORDS = """
account ad admin amkor android app apple atm bank best bill bluetooth bus call camera canon card chat check click code
contact cookie cookies cost covid data deadline down download email enter excel facebook fast fax file first font form
forum foxconn free game gas gmail goertek google hana hello help hotel hotline http https icloud information internet
iphone java laptop last like link list live login logout lost luxshare mail map maps marketing master menu messenger
micron microsoft mobile momo new nick nidec note office offline ok okay oke old online open order otp pass passport
password pay pdf phone photo photocopy pin please plus pos post print pro qr query ram registration renew samsung scan
scanner screenshot send server service share shop show sim sms solar spam speed status stop stress submit support
system tag taxi team telegram test text thanks tiktok time tivi token top tour twitter type update upload url usb user
vatid version viber video viettel vinaphone vip visa vneid vnpost vnpt vssid web website wifi windows word yes youtube
zalo zalopay zoom
ah ak haha hehe hi hic hihi hix hmm hm oh uh uhm uhu um umm yeah yep
honda hyundai idp piaggio suzuki toyota vinfast yamaha
"""
LOANWORDS = frozenset(_WORDS.split())
